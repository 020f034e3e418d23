"""Each rule with readings before, at and after its limit; the draws; the days of a run; who may do what when (681/2023 § 79.3)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.codes.lists import values
from app.examinations.labels import ASKED_BECAUSE
from app.examinations.rules import (
    NEEDS,
    Reading,
    Right,
    broken_rule,
    day_of,
    days_to_examine,
    drawn,
    is_at_night,
    is_kin,
    is_of_others,
    is_own_record,
    is_volume,
    is_without_right,
    is_without_task,
    may_ask,
    may_decide,
    may_explain,
    may_report,
    may_take,
    must_hear_first,
    period_of,
    share_of_unfounded,
)  # fmt: skip

ZONE = ZoneInfo("Europe/Helsinki")
AT, DAY = datetime(2026, 6, 10, 9, 0, tzinfo=UTC), date(2026, 6, 10)


def reading(**changes: Any) -> Reading:
    return Reading(**{"event_id": "e", "at": AT, "name": "client:read", "user_id": 1, "organisation_id": "A", "client_id": "c", "controller_id": "A",
                      "reader_given": "Outi", "reader_family": "Öhström", **changes})  # fmt: skip


@pytest.mark.parametrize(
    ("family", "given", "call", "is_own", "is_of_family"),
    [
        ("Öhström", "Outi", None, True, False), ("öhström", "OUTI", None, True, False), ("Ohstrom", "Anna Outi", None, True, False),
        ("Öhström", "Outa", "Outi", True, False), ("Öhström", "Outigund", None, False, True), ("Öhström", "Anna", None, False, True),
        ("Öhströmi", "Outi", None, False, False), (None, None, None, False, False),
    ],
)  # fmt: skip
def test_own_record_and_family_name(family: str | None, given: str | None, call: str | None, is_own: bool, is_of_family: bool) -> None:
    found = reading(client_family=family, client_given=given, client_call=call)
    assert (is_own_record(found), is_kin(found)) == (is_own, is_of_family)


@pytest.mark.parametrize(
    ("name", "client", "is_opening"),
    [("client:read", "c", True), ("client:list", None, False), ("log:read", "c", False), ("finding:read", "c", False), ("log_rule:edit", None, False),
     ("log", "c", False), ("login", "c", True)],
)  # fmt: skip
def test_an_opening_is_of_one_client_and_not_of_the_log(name: str, client: str | None, is_opening: bool) -> None:
    assert reading(name=name, client_id=client).is_opening is is_opening


def test_all_given_names_together_are_the_readers_own_too() -> None:
    names = {"reader_family": "Niemi", "client_family": "Niemi", "reader_given": "Anna Maria"}
    assert is_own_record(reading(**names, client_given="Anna Maria")) and not is_own_record(reading(**names, client_given="Anna Liisa"))
    assert not is_own_record(reading(**names, client_given=""))


def test_an_address_makes_kin_and_no_own_record() -> None:
    assert is_kin(reading(is_same_address=True)) and not is_own_record(reading(is_same_address=True))
    assert not is_own_record(reading(reader_given="", reader_family="", client_family="", client_given=""))


@pytest.mark.parametrize(
    ("task", "explains"),
    [(timedelta(days=-7, seconds=-1), False), (timedelta(days=-7), True), (timedelta(0), True), (timedelta(days=7), True), (timedelta(days=7, seconds=1), False)],
)  # fmt: skip
def test_a_task_near_the_reading_explains_it(task: timedelta, explains: bool) -> None:
    assert is_without_task(reading(), [AT + task], 7) is not explains
    assert is_without_task(reading(responsible_id=2), [], 7) and not is_without_task(reading(responsible_id=1), [], 7)


@pytest.mark.parametrize(
    ("moment", "is_night"),
    [
        (datetime(2026, 6, 10, 2, 59, 59, tzinfo=UTC), True), (datetime(2026, 6, 10, 3, 0, tzinfo=UTC), False),
        (datetime(2026, 6, 10, 16, 59, 59, tzinfo=UTC), False), (datetime(2026, 6, 10, 17, 0, tzinfo=UTC), True),
        # In winter Finland is two hours ahead of UTC, in summer three.
        (datetime(2026, 1, 10, 3, 59, 59, tzinfo=UTC), True), (datetime(2026, 1, 10, 4, 0, tzinfo=UTC), False),
    ],
)  # fmt: skip
def test_hours_are_those_of_finland(moment: datetime, is_night: bool) -> None:
    assert is_at_night(moment, ZONE, from_hour=6, to_hour=20) is is_night


def test_the_zone_is_the_one_that_is_asked_for() -> None:
    # One in the morning of 10 June in Finland is still 9 June in the Azores.
    late, azores = datetime(2026, 6, 9, 22, 0, tzinfo=UTC), ZoneInfo("Atlantic/Azores")
    assert (day_of(late, ZONE), day_of(late, azores)) == (DAY, DAY - timedelta(days=1))
    assert is_at_night(late, ZONE, from_hour=0, to_hour=1) and is_at_night(late, azores, from_hour=0, to_hour=22)
    assert not is_without_right(late, [right()], ZONE) and is_without_right(late, [right()], azores)


@pytest.mark.parametrize(("clients", "is_many"), [(["a"] * 9, False), (list("abc"), False), (list("abcd"), True)])
def test_volume_counts_different_clients(clients: list[str], is_many: bool) -> None:
    assert is_volume([reading(client_id=client) for client in clients], 3) is is_many


def right(**changes: Any) -> Right:
    return Right(**{"valid_from": DAY, "valid_to": DAY, "opened_at": AT - timedelta(days=9), "ended_at": None, **changes})


@pytest.mark.parametrize(
    ("changes", "is_without"),
    [
        ({}, False), ({"valid_from": DAY + timedelta(days=1), "valid_to": None}, True), ({"valid_to": DAY - timedelta(days=1), "valid_from": date(2026, 1, 1)}, True),
        ({"valid_to": None}, False), ({"ended_at": AT}, True), ({"ended_at": AT + timedelta(seconds=1)}, False),
        ({"opened_at": None}, True), ({"opened_at": AT}, False), ({"opened_at": AT + timedelta(seconds=1)}, True),
    ],
)  # fmt: skip
def test_a_right_in_force_at_the_moment(changes: dict[str, Any], is_without: bool) -> None:
    assert is_without_right(AT, [right(**changes)], ZONE) is is_without
    assert is_without_right(AT, [right(**changes), right()], ZONE) is False
    assert is_without_right(AT, [], ZONE)


@pytest.mark.parametrize(
    ("controller", "is_shared", "with_shared", "is_found"),
    [("A", False, True, False), ("B", False, False, True), ("B", True, False, False), ("B", True, True, True), (None, False, True, False)],
)  # fmt: skip
def test_a_client_of_another_organisation(controller: str | None, is_shared: bool, with_shared: bool, is_found: bool) -> None:
    assert is_of_others(reading(controller_id=controller, is_shared=is_shared), with_shared=with_shared) is is_found


def test_a_draw_depends_on_its_seed_alone() -> None:
    keys = [f"key{number}" for number in range(50)]
    assert drawn(keys, 5, "a") == drawn([*reversed(keys), *keys], 5, "a") != drawn(keys, 5, "b")
    assert len(set(drawn(keys, 5, "a"))) == 5 and drawn(keys[:2], 5, "a") and len(drawn(keys[:2], 5, "a")) == 2
    often = [key for number in range(200) for key in drawn(keys, 10, str(number))]
    assert {key for key in keys if 15 <= often.count(key) <= 70} == set(keys), "everybody is as likely"


def test_periods_of_a_week_begin_on_mondays() -> None:
    assert period_of(date(2026, 6, 10), 7) == date(2026, 6, 8) == period_of(date(2026, 6, 8), 7) and period_of(date(2026, 6, 7), 7) == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("kind", "examined_to", "days", "expected"),
    [
        ("NIGHT", None, None, (date(2026, 5, 31), date(2026, 6, 9))), ("NIGHT", date(2026, 6, 9), None, None),
        ("NIGHT", date(2026, 6, 8), None, (date(2026, 6, 8), date(2026, 6, 9))), ("NIGHT", date(2026, 1, 1), None, (date(2026, 1, 1), date(2026, 6, 9))),
        # Work may still be recorded within the days after a reading.
        ("NO_TASK", None, None, (date(2026, 5, 31), date(2026, 6, 9))), ("NIGHT", None, 7, (date(2026, 5, 31), date(2026, 6, 9))),
        ("SAMPLE_EVENTS", date(2026, 6, 8), 1, (date(2026, 6, 9), date(2026, 6, 9))),
        ("NO_TASK", None, 7, (date(2026, 5, 24), date(2026, 6, 2))), ("NO_TASK", date(2026, 6, 2), 7, None),
        ("SAMPLE_EVENTS", None, 7, (date(2026, 5, 25), date(2026, 6, 7))), ("SAMPLE_READERS", date(2026, 6, 7), 7, None),
        ("SAMPLE_EVENTS", date(2026, 5, 31), 7, (date(2026, 6, 1), date(2026, 6, 7))),
    ],
)  # fmt: skip
def test_the_days_of_a_run(kind: str, examined_to: date | None, days: int | None, expected: Any) -> None:
    assert days_to_examine(kind, DAY, examined_to=examined_to, look_back=10, days=days) == expected


@pytest.mark.parametrize(
    ("kind", "numbers", "expected"),
    [
        ("NIGHT", {"from_hour": 6, "to_hour": 20}, []), ("NIGHT", {"from_hour": 20, "to_hour": 6}, [("to_hour", "ORDER")]),
        ("NIGHT", {"from_hour": 6, "to_hour": 25}, [("to_hour", "BOUNDS")]), ("NIGHT", {"to_hour": 20}, [("from_hour", "MISSING")]),
        ("NO_TASK", {"days": 0}, [("days", "BOUNDS")]), ("NO_TASK", {"days": 1}, []), ("NO_TASK", {"days": 92}, []), ("NIGHT", {"from_hour": 6, "to_hour": 6}, [("to_hour", "ORDER")]),
        ("NIGHT", {"from_hour": 0, "to_hour": 24}, []), ("NO_TASK", {"days": 93}, [("days", "BOUNDS")]),
        ("VOLUME", {}, [("most_clients", "MISSING")]), ("PROTECTED", {"look_back_days": 367}, [("look_back_days", "BOUNDS")]),
        ("SAMPLE_READERS", {"days": 7}, [("sample_size", "MISSING")]),
    ],
)  # fmt: skip
def test_the_numbers_of_a_rule(kind: str, numbers: dict[str, int], expected: Any) -> None:
    assert list(broken_rule(kind, {"look_back_days": 30, **numbers})) == expected


def test_every_kind_has_its_numbers_and_its_words_to_the_reader() -> None:
    assert {value.code for value in values("LOG_RULE")} == NEEDS.keys() == ASKED_BECAUSE.keys()


@pytest.mark.parametrize(
    ("state", "expected"),
    [("NEW", "tadr"), ("EXAMINED", "tadr"), ("ASKED", "ted"), ("EXPLAINED", "td"), ("DECIDED", "")],
)
def test_what_can_be_done_in_each_state(state: str, expected: str) -> None:
    may = {"t": may_take(state), "a": may_ask(state), "e": may_explain(state), "d": may_decide(state),
           "r": may_report(state, is_agency=True, is_own=True, concerns_another=True)}  # fmt: skip
    assert {letter for letter, is_possible in may.items() if is_possible} == set(expected)
    assert not any(may_report(state, is_agency=a, is_own=b, concerns_another=c) for a, b, c in ((False, True, True), (True, False, True), (True, True, False)))


@pytest.mark.parametrize(
    ("outcome", "state", "due_in", "must_wait"),
    [
        ("UNFOUNDED", "NEW", 5, False), ("FOUNDED", "NEW", -5, True), ("FOUNDED", "ASKED", 0, True), ("FOUNDED", "ASKED", -1, False),
        ("MEASURES", "EXAMINED", -5, True), ("MEASURES", "EXPLAINED", 5, False),
    ],
)  # fmt: skip
def test_nobody_is_judged_unheard(outcome: str, state: str, due_in: int, must_wait: bool) -> None:
    assert must_hear_first(outcome, state, due_on=DAY + timedelta(days=due_in), today=DAY) is must_wait


def test_the_share_of_false_findings() -> None:
    assert share_of_unfounded(0, 0) is None and share_of_unfounded(1, 3) == 33 and share_of_unfounded(2, 2) == 100
