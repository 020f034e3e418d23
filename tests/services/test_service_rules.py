"""The rules of services in life, with days and hours on, before and after each limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from app.deadlines.amounts import amount, amounts
from app.services.rules import (
    DeedFacts,
    broken_course_rules,
    broken_deed_rules,
    broken_hours_rules,
    broken_participation_rules,
    broken_pause_rules,
    is_closed_to,
    is_of_compulsory_education_age,
    referral_due,
)
from app.services.states import ServiceLife

TODAY, AGREED = date(2026, 6, 1), date(2026, 1, 15)
FACTS = DeedFacts(
    today=TODAY, plan_status="IN_FORCE", plan_begins_on=AGREED, service_type="CAREER", day=date(2026, 2, 2), since=None,
    birth_date=date(1990, 1, 1), has_upper_secondary=False, hours_attended=Decimal(0), has_final_test=False, no_test_reason=None,
)  # fmt: skip


def broken(deed: str, **changes: Any) -> list[tuple[str | None, str]]:
    return broken_deed_rules(deed, replace(FACTS, **changes))


@pytest.mark.parametrize("deed", ServiceLife.deeds())
def test_every_deed_of_a_plan_in_force_is_free(deed: str) -> None:
    assert broken(deed) == []


@pytest.mark.parametrize(
    ("status", "beginning", "ending"),
    [("DRAFT", False, False), ("AGREED", False, False), ("IN_FORCE", True, True), ("EXTENDED", True, True), ("STUDIES_ONLY", True, True),
     ("INTERRUPTED", False, True), ("ENDED", False, True), ("SUPERSEDED", False, True), ("ANNULLED", False, False)],
)  # fmt: skip
def test_services_begin_while_the_plan_is_in_force_and_end_also_after_it(status: str, beginning: bool, ending: bool) -> None:
    begin = {deed for deed in ServiceLife.deeds() if (None, "PLAN") not in broken(deed, plan_status=status)}
    assert begin >= {"refer", "queue", "accept", "start", "resume"} if beginning else not begin & {"refer", "queue", "accept", "start", "resume"}
    assert (begin >= {"pause", "complete", "discontinue", "lapse", "cancel"}) is ending


@pytest.mark.parametrize(
    ("day", "since", "rule"),
    [
        (date(2026, 6, 1), None, None), (date(2026, 6, 2), None, "FUTURE"), (AGREED, None, None), (date(2026, 1, 14), None, "EARLY"),
        (date(2026, 3, 1), date(2026, 3, 1), None), (date(2026, 2, 28), date(2026, 3, 1), "ORDER"),
    ],
)  # fmt: skip
def test_the_day_of_a_deed_stands_between_the_one_before_and_today(day: date, since: date | None, rule: str | None) -> None:
    assert broken("start", day=day, since=since) == ([("day", rule)] if rule else [])


@pytest.mark.parametrize(
    ("drawn_up", "due"),
    [(date(2026, 1, 15), date(2026, 2, 16)), (date(2026, 1, 31), date(2026, 3, 2)), (date(2026, 11, 24), date(2026, 12, 28))],
    ids=["§ 20.5 Sunday", "§ 20.5 end of month, Saturday", "§ 20.5 Christmas Eve"],
)
def test_the_referral_is_due_in_a_month(drawn_up: date, due: date) -> None:
    assert referral_due(drawn_up) == due


BORN = date(2008, 5, 10)


@pytest.mark.parametrize(
    ("on", "has_qualification", "expected"),
    [(date(2026, 5, 9), False, True), (date(2026, 5, 10), False, False), (date(2026, 5, 11), False, False), (date(2026, 5, 9), True, False)],
    ids=["1214/2020 § 2 day before 18", "1214/2020 § 2 18", "1214/2020 § 2 after 18", "1214/2020 § 2 qualification"],
)
def test_compulsory_education_ends_at_18_or_with_a_qualification(on: date, has_qualification: bool, expected: bool) -> None:
    assert is_of_compulsory_education_age(BORN, on, has_upper_secondary=has_qualification) is expected
    for kind in ("INT_TRAINING", "INT_TRAINING_LMT", "INT_TRAINING_SELF"):
        assert is_closed_to(kind, BORN, on, has_upper_secondary=has_qualification) is expected
    assert not is_closed_to("SCHOOL", BORN, on, has_upper_secondary=has_qualification)


def test_a_day_of_birth_that_nobody_knows_closes_nothing() -> None:
    assert not is_of_compulsory_education_age(None, TODAY, has_upper_secondary=False)


@pytest.mark.parametrize("deed", ServiceLife.deeds())
def test_v12_keeps_the_young_from_entering_integration_training_and_from_nothing_else(deed: str) -> None:
    found = broken(deed, service_type="INT_TRAINING", birth_date=date(2010, 1, 1), has_final_test=True)
    assert found == ([(None, "V12")] if deed in ("refer", "accept", "start") else [])


@pytest.mark.parametrize(
    ("day", "today", "has_qualification", "expected"),
    [
        pytest.param(date(2026, 5, 9), TODAY, False, [(None, "V12")], id="26.1-day-before-18"), pytest.param(date(2026, 5, 10), TODAY, False, [], id="26.1-at-18"),
        pytest.param(date(2026, 5, 9), TODAY, True, [], id="26.1-qualification"), pytest.param(None, date(2026, 5, 9), False, [(None, "V12")], id="26.1-today-before-18"),
        pytest.param(None, date(2026, 5, 10), False, [], id="26.1-today-at-18"),
    ],
)  # fmt: skip
def test_v12_is_asked_of_the_day_of_the_deed_or_of_today(day: date | None, today: date, has_qualification: bool, expected: list[tuple[str | None, str]]) -> None:
    assert broken("start", service_type="INT_TRAINING", birth_date=BORN, day=day, today=today, has_upper_secondary=has_qualification) == expected


def test_v13_is_asked_of_today_when_the_deed_has_no_day() -> None:
    assert broken("complete", service_type="ORIENTATION", day=None) == [(None, "V13")]


@pytest.mark.parametrize(("hours", "expected"), [("0", ["V13"]), ("69.75", ["V13"]), ("70", []), ("70.25", [])])
def test_v13_orientation_is_completed_with_seventy_hours(hours: str, expected: list[str]) -> None:
    assert [rule for _field, rule in broken("complete", service_type="ORIENTATION", hours_attended=Decimal(hours))] == expected
    assert broken("discontinue", service_type="ORIENTATION", hours_attended=Decimal(hours)) == []


def test_integration_training_ends_with_a_test_or_a_reason_for_none() -> None:
    assert broken("complete", service_type="INT_TRAINING") == [("no_test_reason", "TEST")]
    assert broken("complete", service_type="INT_TRAINING", has_final_test=True) == []
    assert broken("complete", service_type="INT_TRAINING_SELF", no_test_reason="Sairastui") == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []), ({"to_on": date(2026, 2, 1)}, []), ({"to_on": date(2026, 1, 31)}, [("to_on", "PERIOD")]),
        ({"to_on": date(2026, 6, 2)}, [("to_on", "FUTURE")]), ({"begins_on": date(2026, 2, 2)}, [("from_on", "BEFORE_START")]),
        ({"to_on": TODAY}, []), ({"begins_on": date(2026, 2, 1)}, []), ({"begins_on": None}, []), ({"attended": Decimal(-1)}, [("hours_attended", "HOURS")]),
        ({"planned": Decimal("-0.25")}, [("hours_planned", "HOURS")]),
        ({"planned": Decimal(0), "attended": Decimal(0)}, []), ({"to_on": date(2026, 2, 1), "attended": Decimal(24)}, []),
        ({"to_on": date(2026, 2, 1), "attended": Decimal("24.25")}, [("hours_attended", "TOO_MANY")]),
        ({"to_on": date(2026, 2, 1), "planned": Decimal(25)}, [("hours_planned", "TOO_MANY")]),
        ({"to_on": date(2026, 2, 1), "planned": Decimal(25), "attended": Decimal(24)}, [("hours_planned", "TOO_MANY")]),
    ],
)  # fmt: skip
def test_hours_fit_into_their_period(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    facts = {"from_on": date(2026, 2, 1), "to_on": date(2026, 2, 28), "planned": Decimal(20), "attended": Decimal("17.5"), "begins_on": AGREED}
    assert broken_hours_rules(**{**facts, "today": TODAY, **changes}) == expected


@pytest.mark.parametrize(
    ("kind", "mode", "ground", "expected"),
    [("ORIENTATION", "SELF_STUDY", None, [("self_study_ground", "SELF_STUDY")]), ("ORIENTATION", "SELF_STUDY", "Työajat", []),
     ("ORIENTATION", "REMOTE", None, []), ("CAREER", "SELF_STUDY", None, [])],
    ids=["576/2024 § 2 no ground", "576/2024 § 2 ground", "576/2024 § 2 remote", "another service"],
)  # fmt: skip
def test_self_study_needs_its_ground(kind: str, mode: str, ground: str | None, expected: list[tuple[str, str]]) -> None:
    assert broken_participation_rules(kind, mode=mode, self_study_ground=ground, work_starts_on=None, work_ends_on=None) == expected


def test_a_period_at_work_ends_after_it_starts() -> None:
    first, last = date(2026, 3, 2), date(2026, 3, 27)
    typed: dict[str, Any] = {"mode": None, "self_study_ground": None}
    assert broken_participation_rules("INT_TRAINING", work_starts_on=first, work_ends_on=last, **typed) == []
    assert broken_participation_rules("INT_TRAINING", work_starts_on=first, work_ends_on=first, **typed) == []
    assert broken_participation_rules("INT_TRAINING", work_starts_on=last, work_ends_on=first, **typed) == [("work_ends_on", "PERIOD")]


def test_amounts_are_dated_rows_that_follow_each_other() -> None:
    assert amount("ORIENTATION_HOURS", TODAY) == 70 and amount("NO_SHOW_FEE_MAX", date(2025, 1, 1)) == Decimal("56.70")
    assert amount("NO_SHOW_FEE_MAX", date(2024, 12, 31)) == Decimal("56.70")
    with pytest.raises(LookupError):
        amount("NO_SUCH", TODAY)
    for name in {row.name for row in amounts()}:
        rows = sorted((row for row in amounts() if row.name == name), key=lambda row: row.valid_from)
        assert all(row.amount > 0 and row.section for row in rows) and rows[-1].valid_to is None
        assert all(row.valid_to and row.valid_to < later.valid_from for row, later in pairwise(rows))


@pytest.mark.parametrize(
    ("days", "broken"),
    [
        ((AGREED, None, AGREED, TODAY), []), ((None, None, None, None), []), ((date(2026, 1, 16), None, AGREED, TODAY), [("c", "ORDER")]),
        ((AGREED, None, None, date(2026, 6, 2)), [("d", "FUTURE")]), ((TODAY, AGREED, None, date(2026, 1, 14)), [("b", "ORDER"), ("d", "ORDER")]),
    ],
)  # fmt: skip
def test_the_steps_of_a_participation_follow_each_other(days: tuple[date | None, ...], broken: list[tuple[str, str]]) -> None:
    assert broken_course_rules(list(zip("abcd", days, strict=True)), TODAY) == broken


@pytest.mark.parametrize(
    ("start", "end", "broken"),
    [
        (TODAY, None, []), (date(2026, 6, 2), None, [("from_on", "FUTURE")]), (TODAY, TODAY, []), (TODAY, date(2026, 5, 31), [("to_on", "PERIOD")]),
        (AGREED, date(2026, 6, 2), [("to_on", "FUTURE")]),
    ],
)  # fmt: skip
def test_an_interruption_ends_after_it_begins(start: date, end: date | None, broken: list[tuple[str, str]]) -> None:
    assert broken_pause_rules(from_on=start, to_on=end, today=TODAY) == broken
