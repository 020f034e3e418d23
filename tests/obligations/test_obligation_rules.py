"""How an obligation stands on a day, when it is warned of, and which local numbers are still without delay."""

from __future__ import annotations

from datetime import date

import pytest

from app.deadlines.numbers import rules
from app.obligations.rules import CASEWORKERS, LEAST_AND_MOST, MAXIMA, WARNED, is_out_of_bounds, state_on, warning_days

EVE, DAY, NEXT = date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2)


@pytest.mark.parametrize(
    ("state", "kind", "today", "expected"),
    [
        pytest.param("OPEN", "HARD", EVE, "OPEN", id="before"), pytest.param("OPEN", "HARD", DAY, "OPEN", id="on"), pytest.param("OPEN", "HARD", NEXT, "OVERDUE", id="after"),
        pytest.param("OPEN", "SOFT", NEXT, "OVERDUE", id="soft-after"), pytest.param("OPEN", "LIMIT", DAY, "OPEN", id="limit-on"),
        pytest.param("OPEN", "LIMIT", NEXT, "PASSED", id="limit-after"), pytest.param("DONE", "HARD", NEXT, "DONE", id="done-after"),
        pytest.param("DONE", "LIMIT", EVE, "DONE", id="done-before"),
    ],
)  # fmt: skip
def test_an_obligation_stands_as_of_a_day(state: str, kind: str, today: date, expected: str) -> None:
    assert state_on(state, kind, DAY, today) == expected


@pytest.mark.parametrize(
    ("due_on", "days"),
    [
        (date(2027, 1, 15), [date(2026, 7, 15), date(2026, 10, 15), date(2026, 12, 15)]),
        (date(2027, 8, 31), [date(2027, 2, 28), date(2027, 5, 31), date(2027, 7, 31)]),
        (date(2028, 8, 31), [date(2028, 2, 29), date(2028, 5, 31), date(2028, 7, 31)]),
    ],
    ids=["§ 20.3 middle of a month", "§ 20.3 end of February", "§ 20.3 leap day"],
)
def test_a_limit_is_warned_of_six_three_and_one_months_before(due_on: date, days: list[date]) -> None:
    assert warning_days(due_on) == days


@pytest.mark.parametrize(("setting", "least", "most"), [("R01_working_days", 1, 10), ("R02_days", 1, 30), ("R04_days", 1, 30)])
def test_a_local_number_stays_without_delay(setting: str, least: int, most: int) -> None:
    assert [is_out_of_bounds(setting, amount) for amount in (least - 1, least, most, most + 1)] == [True, False, False, True]


def test_the_rules_are_those_of_the_engine() -> None:
    """R05 is warned of, R09–R13 and R30 are limits of the client's plans, and nobody but a caseworker has the queue."""
    assert set(LEAST_AND_MOST) == {"R01_working_days", "R02_days", "R04_days"}
    assert WARNED == ("R05",) and MAXIMA == ("R09", "R10", "R11", "R12", "R13", "R30")
    assert CASEWORKERS == ("INTAKE", "CASEWORKER_MUNICIPALITY", "CASEWORKER_EMPLOYMENT")
    assert {name.partition(":")[0] for name in rules()} >= {*WARNED, *MAXIMA}
