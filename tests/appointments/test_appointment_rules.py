"""The rules of a booking and of the fee for not coming, on, before and after each limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.appointments.rules import BookingFacts, FeeFacts, broken_booking_rules, broken_fee_rules, earliest_due, is_over, most_of_fee

HELD, BOOKED, TODAY = date(2026, 3, 10), date(2026, 3, 2), date(2026, 3, 2)
BOOKING = BookingFacts(
    held_on=HELD, clock="09:30", booked_on=BOOKED, today=TODAY, interpreter_needed=True, interpreter_mode="PHONE", cancelling_told_on=BOOKED,
    fee_warned_on=BOOKED, fee_warned_language="ar",
)  # fmt: skip
FEE = FeeFacts(
    held_on=HELD, booked_on=BOOKED, birth_date=date(1990, 1, 1), cancelling_told_on=BOOKED, fee_warned_on=BOOKED, interpreter_needed=True,
    cost=Decimal(90), fee=Decimal("56.70"), due_on=date(2026, 3, 24), is_reasonable=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []), ({"clock": "23:59"}, []), ({"clock": "24:00"}, [("clock", "CLOCK")]), ({"clock": "9:30"}, [("clock", "CLOCK")]),
        ({"clock": "09.30"}, [("clock", "CLOCK")]), ({"clock": "09:60"}, [("clock", "CLOCK")]),
        ({"booked_on": date(2026, 3, 3)}, [("booked_on", "FUTURE")]), ({"today": date(2026, 3, 10), "booked_on": HELD}, []),
        ({"today": date(2026, 3, 12), "booked_on": date(2026, 3, 11)}, [("booked_on", "BOOKED_LATE")]),
        ({"interpreter_mode": None}, [("interpreter_mode", "MODE")]), ({"interpreter_mode": None, "interpreter_needed": False}, []),
        ({"cancelling_told_on": HELD}, []), ({"cancelling_told_on": date(2026, 3, 11)}, [("cancelling_told_on", "TOLD_LATE")]),
        ({"fee_warned_on": date(2026, 3, 11)}, [("fee_warned_on", "TOLD_LATE")]),
        ({"fee_warned_language": None}, [("fee_warned_language", "LANGUAGE")]), ({"fee_warned_on": None, "fee_warned_language": None}, []),
    ],
)  # fmt: skip
def test_a_booking(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert broken_booking_rules(replace(BOOKING, **changes)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"birth_date": date(2008, 3, 10)}, []), ({"birth_date": date(2008, 3, 11)}, [(None, "V11_AGE")]), ({"birth_date": None}, [(None, "V11_AGE")]),
        ({"fee_warned_on": None}, [(None, "V11_WARNING")]), ({"fee_warned_on": date(2026, 3, 3)}, [(None, "V11_WARNING")]),
        ({"fee_warned_on": date(2026, 3, 1)}, []),
        ({"cancelling_told_on": None}, [(None, "CANCELLING")]), ({"cancelling_told_on": HELD}, []),
        ({"cancelling_told_on": date(2026, 3, 11)}, [(None, "CANCELLING")]),
        ({"interpreter_needed": False}, [(None, "INTERPRETER")]),
        ({"cost": Decimal(0)}, [("interpreter_cost", "COST")]), ({"cost": Decimal("0.01"), "fee": Decimal("0.01")}, []), ({"cost": Decimal(1), "fee": Decimal(1)}, []),
        ({"fee": Decimal("56.71")}, [("fee_amount", "MOST")]), ({"fee": Decimal(0)}, [("fee_amount", "MOST")]), ({"fee": Decimal("0.01")}, []),
        ({"cost": Decimal(40), "fee": Decimal(40)}, []), ({"cost": Decimal(40), "fee": Decimal("40.01")}, [("fee_amount", "MOST")]),
        ({"due_on": date(2026, 3, 23)}, [("fee_due_on", "R15")]), ({"due_on": date(2026, 3, 25)}, []),
        ({"is_reasonable": False}, [("is_reasonable", "UNREASONABLE")]),
    ],
)  # fmt: skip
def test_a_fee_under_section_32_a(changes: dict[str, Any], expected: list[tuple[str | None, str]]) -> None:
    assert broken_fee_rules(replace(FEE, **changes)) == expected


def test_everything_that_forbids_a_fee_is_told_at_once() -> None:
    facts = replace(FEE, birth_date=date(2015, 1, 1), fee_warned_on=None, cancelling_told_on=None, due_on=HELD, is_reasonable=False)
    assert [rule for _field, rule in broken_fee_rules(facts)] == ["V11_AGE", "V11_WARNING", "CANCELLING", "R15", "UNREASONABLE"]


def test_the_fee_is_the_cost_and_never_over_the_maximum() -> None:
    assert most_of_fee(Decimal(40), HELD) == 40 and most_of_fee(Decimal("56.70"), HELD) == most_of_fee(Decimal(90), HELD) == Decimal("56.70")


def test_the_proposed_due_date_is_two_weeks_from_the_later_day() -> None:
    assert earliest_due(HELD, HELD) == date(2026, 3, 24) and earliest_due(HELD, date(2026, 4, 1)) == date(2026, 4, 15)


def test_whether_the_client_came_is_known_on_the_day() -> None:
    assert is_over(HELD, HELD) and is_over(HELD, date(2026, 3, 11)) and not is_over(HELD, date(2026, 3, 9))
