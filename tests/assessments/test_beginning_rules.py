"""When an assessment may begin, and how a clarifying measure stands, on, before and after each limit."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.assessments.rules import Beginning, broken_beginning_rules, broken_end, broken_measure_rules, broken_meeting_rules, is_too_old

BORN, EVE, AGED = date(2003, 5, 4), date(2026, 5, 3), date(2026, 5, 4)
BEGINNING: dict[str, Any] = {"grounds": frozenset({"A1", "A2"}), "started_on": AGED, "birth_date": date(1990, 1, 1), "window_ends_on": AGED, "over_three_years_reason": None}
AGE, WINDOW, LATE_REASON, NOT_LATE = ("ground", "AGE"), ("started_on", "WINDOW"), ("over_three_years_reason", "LATE_REASON"), ("over_three_years_reason", "NOT_LATE")


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        pytest.param({}, [], id="14.1-last-day"), pytest.param({"window_ends_on": date(2026, 5, 5)}, [], id="14.1-day-before"),
        pytest.param({"window_ends_on": EVE}, [WINDOW], id="14.1-day-after"), pytest.param({"window_ends_on": None, "started_on": date.max}, [], id="14.1-unbounded"),
        pytest.param({"window_ends_on": EVE, "over_three_years_reason": "x"}, [WINDOW], id="14.1-reason-of-no-victim"),
        pytest.param({"window_ends_on": EVE, "grounds": frozenset({"A1", "A7"})}, [LATE_REASON], id="14.6-no-reason"),
        pytest.param({"window_ends_on": EVE, "grounds": frozenset({"A7"}), "over_three_years_reason": ""}, [LATE_REASON], id="14.6-empty-reason"),
        pytest.param({"window_ends_on": EVE, "grounds": frozenset({"A1", "A7"}), "over_three_years_reason": "x"}, [], id="14.6-reason"),
        pytest.param({"grounds": frozenset({"A7"}), "over_three_years_reason": "x"}, [NOT_LATE], id="14.6-last-day"),
        pytest.param({"window_ends_on": None, "over_three_years_reason": "x"}, [NOT_LATE], id="14.6-unbounded"),
        pytest.param({"grounds": frozenset({"A1", "A6"}), "birth_date": BORN, "started_on": EVE}, [], id="2.6-day-before-23"),
        pytest.param({"grounds": frozenset({"A1", "A6"}), "birth_date": BORN}, [AGE], id="2.6-at-23"),
        pytest.param({"grounds": frozenset({"A6"}), "birth_date": BORN, "window_ends_on": EVE}, [AGE, WINDOW], id="2.6-both"),
    ],
)  # fmt: skip
def test_an_assessment_begins(changes: dict[str, Any], broken: list[tuple[str, str]]) -> None:
    assert broken_beginning_rules(Beginning(**BEGINNING | changes)) == broken


@pytest.mark.parametrize(
    ("grounds", "birth_date", "on", "expected"),
    [
        pytest.param({"A6"}, BORN, EVE, False, id="2.6-before"), pytest.param({"A6"}, BORN, AGED, True, id="2.6-on"), pytest.param({"A6"}, BORN, date(2030, 1, 1), True, id="2.6-after"),
        pytest.param({"A6"}, None, AGED, False, id="2.6-age-not-known"), pytest.param({"A1", "A7"}, BORN, AGED, False, id="2.6-another-ground"),
        pytest.param({"A6"}, date(2004, 2, 29), date(2027, 2, 27), False, id="2.6-born-on-29-february-before"),
        pytest.param({"A6"}, date(2004, 2, 29), date(2027, 2, 28), True, id="2.6-born-on-29-february"),
    ],
)  # fmt: skip
def test_a_young_persons_ground_ends_at_23(grounds: set[str], birth_date: date | None, on: date, expected: bool) -> None:
    assert is_too_old(grounds, birth_date, on) is expected


@pytest.mark.parametrize(
    ("ended_on", "expected"),
    [(date(2026, 5, 2), "EARLY"), (EVE, None), (AGED, None), (date(2026, 5, 5), "FUTURE")],
    ids=["before-the-first-day", "first-day", "today", "tomorrow"],
)
def test_the_last_day_stands_between_the_first_and_today(ended_on: date, expected: str | None) -> None:
    assert broken_end(ended_on, EVE, AGED) == expected


TOMORROW = date(2026, 5, 14)
MEASURE: dict[str, Any] = {"ordered_on": AGED, "done_on": None, "result": None, "called_off": None, "started_on": AGED, "today": date(2026, 5, 13)}


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        pytest.param({}, [], id="3-open"), pytest.param({"done_on": AGED, "result": "x"}, [], id="3-same-day"), pytest.param({"called_off": "x"}, [], id="3-called-off"),
        pytest.param({"done_on": AGED}, [("result", "RESULT")], id="3-no-result"),
        pytest.param({"done_on": EVE, "result": "x"}, [("done_on", "EARLY")], id="3-done-before"),
        pytest.param({"ordered_on": EVE}, [("ordered_on", "MEASURE_EARLY")], id="3-ordered-before"),
        pytest.param({"done_on": AGED, "result": "x", "called_off": "x"}, [("called_off_reason", "DONE_AND_OFF")], id="3-done-and-off"),
        pytest.param({"ordered_on": date(2026, 5, 13), "done_on": date(2026, 5, 13), "result": "x"}, [], id="3-today"),
        pytest.param({"ordered_on": TOMORROW}, [("ordered_on", "FUTURE")], id="3-ordered-tomorrow"),
        pytest.param({"done_on": TOMORROW, "result": "x"}, [("done_on", "FUTURE")], id="3-done-tomorrow"),
        pytest.param({"ordered_on": EVE, "started_on": AGED, "done_on": TOMORROW, "called_off": "x"},
                     [("done_on", "FUTURE"), ("ordered_on", "MEASURE_EARLY"), ("called_off_reason", "DONE_AND_OFF"), ("result", "RESULT")], id="3-all"),
    ],
)  # fmt: skip
def test_a_measure_is_recorded(changes: dict[str, Any], broken: list[tuple[str, str]]) -> None:
    assert broken_measure_rules(**MEASURE | changes) == broken


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({}, []), ({"started_on": date(2026, 5, 5)}, [("started_on", "FUTURE")]), ({"known_on": AGED}, []), ({"known_on": date(2026, 5, 5)}, [("known_on", "KNOWN_LATE")]),
        ({"channel": "PHONE"}, [("channel_reason", "CHANNEL")]), ({"channel": "PHONE", "channel_reason": "x"}, []),
    ],
)  # fmt: skip
def test_how_an_assessment_is_met(changes: dict[str, Any], broken: list[Any]) -> None:
    meeting = {"started_on": AGED, "known_on": EVE, "channel": "OFFICE", "channel_reason": None, "today": AGED}
    assert broken_meeting_rules(**{**meeting, **changes}) == broken
