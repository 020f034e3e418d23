"""The rules of an agreed plan's deeds: on, before and after each limit, with its section."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.clients.rules import is_minor
from app.deadlines.facts import Event
from app.plans.life_rules import (
    ExtensionFacts,
    broken_child_rules,
    broken_end_rules,
    broken_extension_rules,
    broken_interruption_rules,
    broken_resumption_rules,
    broken_studies_rules,
)
from app.plans.limits import limits_of

ADULT = date(1990, 1, 1)
FIRST = Event(type="PLAN_DRAWN_UP", on=date(2026, 1, 15), plan=1)
ON = date(2027, 12, 1)


def extended(ground: str, to: date | None = None) -> Event:
    return Event(type="PLAN_EXTENDED", on=date(2027, 11, 1), to=to, ground=ground, plan=2)


def end(*events: Event, birth: date = ADULT, on: date = ON) -> date:
    found = limits_of(birth, [FIRST, *events], on)
    assert found
    return found.end


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([], date(2028, 1, 15), id="R09-23.2"),
        pytest.param([Event(type="PLAN_DRAWN_UP", on=date(2027, 1, 15), plan=2)], date(2028, 1, 15), id="R09-of-the-first"),
        pytest.param([extended("LOW_EDU")], date(2030, 1, 15), id="R10-23.3"),
        pytest.param([extended("MULTI_SERVICE", date(2029, 3, 1))], date(2029, 3, 1), id="R10-as-decided"),
        pytest.param([extended("LOW_EDU"), extended("HOME_CARE")], date(2030, 1, 15), id="R10-R11-share-two-years"),
        pytest.param([Event(type="INTERRUPTION", on=date(2027, 4, 1), to=date(2027, 6, 30))], date(2028, 4, 15), id="R12-23.4"),
        pytest.param([extended("LOW_EDU"), Event(type="INTERRUPTION", on=date(2027, 4, 1), to=date(2027, 6, 30))], date(2030, 4, 16), id="R12-on-top"),
        pytest.param([extended("STUDIES_U25")], date(2028, 1, 15), id="R13-adult"),
    ],
)
def test_the_last_day_that_plans_may_have(events: list[Event], expected: date) -> None:
    assert end(*events) == expected


@pytest.mark.parametrize(
    ("birth", "expected"),
    [(date(2003, 1, 14), date(2028, 1, 15)), (date(2003, 1, 15), date(2028, 1, 15)), (date(2003, 1, 16), date(2029, 1, 15))],
)
def test_studies_add_a_year_for_who_is_under_25_at_the_maximum(birth: date, expected: date) -> None:
    assert end(extended("STUDIES_U25"), birth=birth) == expected


def test_the_first_plan_lasts_a_year_and_an_older_one_as_the_older_act_says() -> None:
    new, old = limits_of(ADULT, [FIRST], ON), limits_of(ADULT, [replace(FIRST, on=date(2024, 6, 3))], date(2026, 1, 1))
    assert new and (new.first_end, new.total.rule) == (date(2027, 1, 15), "R09")
    assert old and (old.first_end, old.end, old.total.rule) == (None, date(2027, 6, 3), "R30")
    reviewed = limits_of(ADULT, [replace(FIRST, on=date(2024, 6, 3)), Event(type="PLAN_REVIEWED", on=date(2025, 2, 3))], date(2026, 1, 1))
    assert reviewed and (reviewed.end, reviewed.total.rule) == (date(2026, 6, 3), "R09")
    assert limits_of(ADULT, [], ON) is None


GOOD = ExtensionFacts(
    ground="LOW_EDU", extended_to=date(2030, 1, 15), decided_on=ON, today=ON, drawn_up_date=date(2027, 1, 15), valid_to=date(2028, 1, 15), first_end=None,
    end_before=date(2028, 1, 15), end_with=date(2030, 1, 15), is_jobseeker=False, has_interruption=False,
)  # fmt: skip
R12 = {"ground": "INTERRUPTION", "has_interruption": True, "valid_to": date(2028, 1, 1), "end_with": date(2028, 1, 15)}
R13 = {"ground": "STUDIES_U25", "is_jobseeker": True, "extended_to": date(2029, 1, 15), "end_with": date(2029, 1, 15)}


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({}, []), ({"extended_to": date(2030, 1, 16)}, [("extended_to", "R10")]), ({"extended_to": date(2028, 1, 16)}, []),
        ({"extended_to": date(2028, 1, 15)}, [("extended_to", "LONGER")]),
        ({"extended_to": date(2028, 1, 15), "valid_to": date(2028, 1, 1)}, [("extended_to", "NOT_NEEDED")]),
        ({"ground": "HOME_CARE", "extended_to": date(2030, 1, 16)}, [("extended_to", "R11")]),
        ({"first_end": date(2028, 2, 1), "extended_to": date(2028, 2, 1)}, []),
        ({"first_end": date(2028, 2, 1), "extended_to": date(2028, 2, 2)}, [("extended_to", "V1")]),
        ({"decided_on": ON + timedelta(days=1)}, [("decided_on", "DECIDED")]), ({"decided_on": date(2027, 1, 15)}, []),
        ({"decided_on": date(2027, 1, 14)}, [("decided_on", "DECIDED")]),
        ({**R12, "extended_to": date(2028, 1, 15)}, []), ({**R12, "extended_to": date(2028, 1, 16)}, [("extended_to", "R12")]),
        ({**R12, "extended_to": date(2028, 1, 15), "has_interruption": False}, [("ground", "NO_INTERRUPTION")]),
        (R13, []), ({**R13, "extended_to": date(2029, 1, 16)}, [("extended_to", "R13")]), ({**R13, "is_jobseeker": False}, [("ground", "R13_JOBSEEKER")]),
        ({**R13, "end_with": date(2028, 1, 15)}, [("ground", "R13_AGE")]),
    ],
)  # fmt: skip
def test_what_keeps_a_plan_from_being_extended(change: dict[str, Any], broken: list[tuple[str, str]]) -> None:
    assert broken_extension_rules(replace(GOOD, **change)) == broken


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({}, []), ({"starts_on": date(2026, 6, 2)}, [("starts_on", "FUTURE")]), ({"starts_on": date(2026, 1, 15)}, []),
        ({"starts_on": date(2026, 1, 14)}, [("starts_on", "BEFORE_PLAN")]), ({"previous_end": date(2026, 5, 31)}, []),
        ({"previous_end": date(2026, 6, 1)}, [("starts_on", "OVERLAP")]), ({"ends_on": date(2026, 6, 1)}, []), ({"ends_on": date(2026, 5, 31)}, [("ends_on", "ORDER")]),
    ],
)  # fmt: skip
def test_what_keeps_a_plan_from_being_interrupted(change: dict[str, Any], broken: list[tuple[str, str]]) -> None:
    good = {"starts_on": date(2026, 6, 1), "ends_on": None, "plan_from": date(2026, 1, 15), "previous_end": None, "today": date(2026, 6, 1)}
    assert broken_interruption_rules(**{**good, **change}) == broken


@pytest.mark.parametrize(("day", "broken"), [(30, []), (31, [("ends_on", "FUTURE")]), (10, []), (9, [("ends_on", "ORDER")])])
def test_an_interruption_ends_between_its_start_and_today(day: int, broken: list[tuple[str, str]]) -> None:
    assert broken_resumption_rules(ends_on=date(2026, 5, day), starts_on=date(2026, 5, 10), today=date(2026, 5, 30)) == broken


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({}, []), ({"limited_from": date(2028, 1, 15)}, [("limited_from", "R14_EARLY")]), ({"limited_from": date(2028, 2, 1)}, []), ({"limited_from": date(2028, 2, 2)}, [("limited_from", "FUTURE")]),
        ({"studies_end": date(2028, 1, 16)}, [("studies_end", "ORDER")]), ({"is_jobseeker": False}, [(None, "R14_JOBSEEKER")]),
        ({"service_types": {"INT_TRAINING"}}, [(None, "R14_STUDIES")]), ({"birth_date": date(2003, 1, 15)}, []), ({"birth_date": date(2003, 1, 16)}, [(None, "R14_AGE")]),
    ],
)  # fmt: skip
def test_what_keeps_a_plan_from_going_on_for_studies(change: dict[str, Any], broken: list[tuple[str | None, str]]) -> None:
    good: dict[str, Any] = {
        "limited_from": date(2028, 1, 16), "studies_end": date(2028, 6, 1), "latest_end": date(2028, 1, 15), "today": date(2028, 2, 1), "birth_date": ADULT,
        "is_jobseeker": True, "service_types": {"INT_TRAINING_SELF"},
    }  # fmt: skip
    assert broken_studies_rules(**{**good, **change}) == broken


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({}, []), ({"ended_on": date(2026, 6, 2)}, [("ended_on", "FUTURE")]), ({"ended_on": date(2026, 1, 1)}, []),
        ({"ended_on": date(2025, 12, 31)}, [("ended_on", "BEFORE_PLAN")]), ({"guidance": None}, [("onward_guidance", "GUIDANCE")]),
        ({"guidance": None, "reason": "DIED"}, []), ({"guidance": None, "reason": "NO_CONTACT"}, []), ({"guidance": None, "reason": "LEFT_COUNTRY"}, []),
        ({"reason": "EMPLOYMENT_PLAN"}, [("employment_plan_on", "EMPLOYMENT_PLAN")]),
        ({"reason": "EMPLOYMENT_PLAN", "employment_plan_on": date(2026, 6, 1)}, []),
        ({"reason": "EMPLOYMENT_PLAN", "employment_plan_on": date(2026, 6, 2)}, [("employment_plan_on", "FUTURE")]),
        ({"status": "STUDIES_ONLY"}, [("employment_plan_on", "EMPLOYMENT_PLAN")]), ({"status": "STUDIES_ONLY", "reason": "DIED"}, []), ({"status": "STUDIES_ONLY", "reason": "OTHER"}, []),
        ({"status": "STUDIES_ONLY", "employment_plan_on": date(2026, 5, 1)}, []),
    ],
)  # fmt: skip
def test_what_keeps_a_plan_from_being_ended(change: dict[str, Any], broken: list[tuple[str, str]]) -> None:
    good: dict[str, Any] = {"ended_on": date(2026, 6, 1), "plan_from": date(2026, 1, 1), "today": date(2026, 6, 1), "reason": "GOALS_MET", "guidance": "x",
                            "status": "IN_FORCE", "employment_plan_on": None}  # fmt: skip
    assert broken_end_rules(**{**good, **change}) == broken


@pytest.mark.parametrize(("day", "is_child"), [(14, True), (15, False), (16, False)])
def test_a_client_is_a_child_until_the_day_they_are_18(day: int, is_child: bool) -> None:
    assert is_minor(date(2008, 5, 15), date(2026, 5, day)) is is_child


@pytest.mark.parametrize(
    ("heard", "view", "reason", "broken"),
    [(None, None, None, [("child_heard_on", "CHILD")]), (ON, None, None, [("child_view", "CHILD")]), (ON, "x", None, []), (None, None, "x", []),
     (None, "x", None, [("child_heard_on", "CHILD")])],
)  # fmt: skip
def test_a_child_is_heard(heard: date | None, view: str | None, reason: str | None, broken: list[tuple[str, str]]) -> None:
    assert broken_child_rules(is_child=True, heard_on=heard, view=view, not_heard_reason=reason) == broken
    assert broken_child_rules(is_child=False, heard_on=heard, view=view, not_heard_reason=reason) == []
