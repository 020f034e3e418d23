"""A slow counter that shares nothing with the engine: it walks day by day through an almanac written out by hand."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from app.deadlines.facts import Event

DAY = timedelta(days=1)
# Easter Sundays and Midsummer Eves from the almanac.
EASTER = {
    2024: date(2024, 3, 31), 2025: date(2025, 4, 20), 2026: date(2026, 4, 5), 2027: date(2027, 3, 28), 2028: date(2028, 4, 16), 2029: date(2029, 4, 1),
    2030: date(2030, 4, 21), 2031: date(2031, 4, 13), 2032: date(2032, 3, 28), 2033: date(2033, 4, 17), 2034: date(2034, 4, 9),
}  # fmt: skip
MIDSUMMER_EVE = {
    2024: date(2024, 6, 21), 2025: date(2025, 6, 20), 2026: date(2026, 6, 19), 2027: date(2027, 6, 25), 2028: date(2028, 6, 23), 2029: date(2029, 6, 22),
    2030: date(2030, 6, 21), 2031: date(2031, 6, 20), 2032: date(2032, 6, 25), 2033: date(2033, 6, 24), 2034: date(2034, 6, 23),
}  # fmt: skip
# Ascension Days, the sixth Thursday after Easter.
ASCENSION = {
    2024: date(2024, 5, 9), 2025: date(2025, 5, 29), 2026: date(2026, 5, 14), 2027: date(2027, 5, 6), 2028: date(2028, 5, 25), 2029: date(2029, 5, 10),
    2030: date(2030, 5, 30), 2031: date(2031, 5, 22), 2032: date(2032, 5, 6), 2033: date(2033, 5, 26), 2034: date(2034, 5, 18),
}  # fmt: skip
FIXED = ((1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26))
OFF = {EASTER[year] - 2 * DAY for year in EASTER} | {EASTER[year] + DAY for year in EASTER} | set(ASCENSION.values()) | set(MIDSUMMER_EVE.values())
OFF |= {date(year, month, day) for year in EASTER for month, day in FIXED}


def is_working_day(day: date) -> bool:
    """Tell it by weekday and almanac; only the years of the almanac are known."""
    assert day.year in EASTER
    return calendar.day_name[day.weekday()] not in ("Saturday", "Sunday") and day not in OFF


def moved(day: date) -> date:
    """Walk on to a working day."""
    while not is_working_day(day):
        day += DAY
    return day


def after(start: date, amount: int, unit: str) -> date:
    """Walk from the day after the event to the end."""
    day = start
    if unit == "working days":
        while amount:
            day += DAY
            amount -= is_working_day(day)
        return day
    if unit == "days":
        for _ in range(amount):
            day += DAY
        return day
    for _ in range(amount * (12 if unit == "years" else 1)):
        # To the first day of the next month.
        day += DAY
        while day.day != 1:
            day += DAY
    # The month's days in turn until the number of the start, or until the next would be of another month.
    day = day.replace(day=1)
    while day.day < start.day and (day + DAY).month == day.month:
        day += DAY
    return day


def event(kind: str, on: str | date, **more: object) -> Event:
    """Give an event; days may be written as text."""
    more = {name: date.fromisoformat(value) if name == "to" and isinstance(value, str) else value for name, value in more.items()}
    return Event(type=kind, on=date.fromisoformat(on) if isinstance(on, str) else on, **more)  # type: ignore[arg-type]
