"""Counting by 150/1930, against a counter that walks day by day through a written almanac."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.deadlines.compute import compute
from app.deadlines.facts import Facts, Settings
from app.deadlines.working_days import day_off, next_working_day
from tests.support.day_by_day import ASCENSION, DAY, EASTER, FIXED, MIDSUMMER_EVE, after, event, is_working_day, moved

# Rule, event, number and unit by process and statute, and whether the last day moves.
COUNTED = [
    ("R01", "CONTACT_RECEIVED", 5, "working days", True), ("R02", "PERSON_KNOWN", 14, "days", True), ("R03", "FIRST_PERMIT_GRANTED", 3, "years", False),
    ("R05", "RESIDENCE_CARD_GRANTED", 3, "years", True), ("R06", "PLAN_DRAWN_UP", 1, "months", True), ("R07", "PLAN_DRAWN_UP", 6, "months", True),
    ("R08", "PLAN_DRAWN_UP", 1, "years", False), ("R09", "PLAN_DRAWN_UP", 2, "years", False), ("R15", "MISSED_APPOINTMENT", 14, "days", False),
    ("R24", "PLACEMENT_AGREEMENT_SIGNED", 4, "years", True), ("R25", "CLIENT_RELATIONSHIP_ENDED", 4, "years", True),
    ("R28", "NON_DISCLOSURE_ORDERED", 5, "years", False), ("R29", "DATA_SUBJECT_REQUEST", 1, "months", True),
]  # fmt: skip
STARTS = [
    "2025-12-24", "2025-12-31", "2026-01-30", "2026-01-31", "2026-02-28", "2026-04-30", "2026-05-31", "2026-08-31", "2026-11-06", "2027-02-28",
    "2027-12-31", "2028-01-31", "2028-02-28", "2028-02-29", "2028-03-01",
]  # fmt: skip


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize(("rule", "kind", "amount", "unit", "moves"), COUNTED, ids=[row[0] for row in COUNTED])
def test_the_last_day_is_the_one_that_walking_finds(rule: str, kind: str, amount: int, unit: str, moves: bool, start: str) -> None:
    on = date.fromisoformat(start)
    end = after(on, amount, unit)
    expected = moved(end) if moves else end
    for day, late in ((expected - DAY, False), (expected, False), (expected + DAY, True)):
        found = [one for one in compute(Facts(), [event(kind, on)], Settings(), day) if one.rule == rule]
        is_limit = rule in ("R03", "R08", "R09", "R15", "R28")
        assert [(one.due_on, str(one.state)) for one in found] == [(expected, ("passed" if is_limit else "overdue") if late else "open")]


@pytest.mark.parametrize("year", EASTER)
def test_every_day_of_the_year_is_as_in_the_almanac(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=place) for place in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    assert [day for day in days if (day_off(day) is None) != is_working_day(day)] == []


@pytest.mark.parametrize("year", EASTER)
def test_what_ends_on_a_movable_holiday_moves_to_the_next_working_day(year: int) -> None:
    sunday = EASTER[year]
    assert [next_working_day(sunday + place * DAY) for place in (-2, -1, 0, 1)] == [sunday + 2 * DAY] * 4
    assert next_working_day(ASCENSION[year]) == ASCENSION[year] + DAY
    # Midsummer Eve is a Friday; Monday follows.
    assert MIDSUMMER_EVE[year].isoweekday() == 5 and next_working_day(MIDSUMMER_EVE[year]) == MIDSUMMER_EVE[year] + 3 * DAY


# Days from Easter Sunday, and Midsummer Eve and Day beside them; All Saints' Day is a Saturday.
MOVABLE = {"Good Friday": -2, "Easter Sunday": 0, "Easter Monday": 1, "Ascension": 39, "Pentecost": 49}


@pytest.mark.parametrize("name", [*MOVABLE, "Midsummer Eve", "Midsummer"])
@pytest.mark.parametrize("year", EASTER)
def test_a_task_that_ends_on_a_movable_holiday_moves_and_a_limit_does_not(year: int, name: str) -> None:
    holiday = EASTER[year] + MOVABLE[name] * DAY if name in MOVABLE else MIDSUMMER_EVE[year] + (name == "Midsummer") * DAY
    # Fourteen days each: the assessment begins (§ 14.2), the fee falls due (§ 32 a).
    start = holiday - 14 * DAY
    for day, task in ((holiday, "open"), (moved(holiday), "open"), (moved(holiday) + DAY, "overdue")):
        found = compute(Facts(), [event("PERSON_KNOWN", start), event("MISSED_APPOINTMENT", start)], Settings(), day)
        due = {one.rule: (one.due_on, str(one.state)) for one in found}
        assert due["R02"] == (moved(holiday), task) and moved(holiday) > holiday
        # The fee's rule began in 2025 and does not reach back.
        assert ("R15" in due) == (start.year >= 2025) and due.get("R15", (holiday,))[0] == holiday


@pytest.mark.parametrize(("month", "day"), FIXED)
@pytest.mark.parametrize("year", [2026, 2027, 2028, 2029, 2030, 2031, 2032])
def test_a_referral_that_ends_on_a_fixed_holiday_moves(year: int, month: int, day: int) -> None:
    holiday = date(year, month, day)
    start = holiday.replace(year=year - 1, month=12) if month == 1 else holiday.replace(month=month - 1)
    [found] = [one for one in compute(Facts(), [event("PLAN_DRAWN_UP", start)], Settings(), start) if one.rule == "R06"]
    assert found.due_on == moved(holiday) > holiday
    assert "150/1930 5 §" in found.why["fi"] and "150/1930 5 §" in found.why["sv"]


@pytest.mark.parametrize(
    ("day", "name"),
    [("2026-01-01", "NEW_YEAR"), ("2026-01-06", "EPIPHANY"), ("2026-04-03", "GOOD_FRIDAY"), ("2026-04-05", "EASTER"), ("2026-04-06", "EASTER_MONDAY"),
     ("2026-05-01", "MAY_DAY"), ("2026-05-14", "ASCENSION"), ("2026-05-24", "PENTECOST"), ("2026-06-19", "MIDSUMMER_EVE"), ("2026-06-20", "MIDSUMMER"),
     ("2026-10-31", "ALL_SAINTS"), ("2026-12-06", "INDEPENDENCE"), ("2026-12-24", "CHRISTMAS_EVE"), ("2026-12-25", "CHRISTMAS"),
     ("2026-12-26", "BOXING_DAY"), ("2026-12-27", "SUNDAY"), ("2026-02-07", "SATURDAY"), ("2026-04-02", None), ("2026-12-31", None),
     ("2026-06-18", None), ("2026-04-30", None)],
)  # fmt: skip
def test_a_day_off_has_its_name(day: str, name: str | None) -> None:
    assert day_off(date.fromisoformat(day)) == name
