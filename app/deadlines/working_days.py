"""Working days of Finland as the act on statutory time limits sees them.

Basis: 150/1930 § 5; the church holidays are those of the Church Act, which move with Easter or to a Saturday.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6


def _saturday_from(first: date) -> date:
    return first + timedelta(days=(_SATURDAY - first.weekday()) % 7)


@cache
def days_off(year: int) -> dict[date, str]:
    """Give the year's days off beside Saturdays and Sundays, each with the key of its name in the texts."""
    sunday = easter(year)
    midsummer = _saturday_from(date(year, 6, 20))
    return {
        date(year, 1, 1): "NEW_YEAR", date(year, 1, 6): "EPIPHANY", sunday - 2 * _DAY: "GOOD_FRIDAY", sunday: "EASTER", sunday + _DAY: "EASTER_MONDAY",
        date(year, 5, 1): "MAY_DAY", sunday + 39 * _DAY: "ASCENSION", sunday + 49 * _DAY: "PENTECOST", midsummer - _DAY: "MIDSUMMER_EVE",
        midsummer: "MIDSUMMER", _saturday_from(date(year, 10, 31)): "ALL_SAINTS", date(year, 12, 6): "INDEPENDENCE",
        date(year, 12, 24): "CHRISTMAS_EVE", date(year, 12, 25): "CHRISTMAS", date(year, 12, 26): "BOXING_DAY",
    }  # fmt: skip


def day_off(day: date) -> str | None:
    """Give the key of the day's name when no act need be done on it, None for a working day."""
    name = days_off(day.year).get(day)
    if name is None and day.weekday() >= _SATURDAY:
        return "SUNDAY" if day.weekday() == _SUNDAY else "SATURDAY"
    return name


def next_working_day(day: date) -> date:
    """Give the day itself when it is a working day, else the next one that is. Basis: 150/1930 § 5."""
    while day_off(day):
        day += _DAY
    return day


def working_days_after(day: date, amount: int) -> date:
    """Give the working day so many working days after a day, which is not counted itself. Basis: 150/1930 § 2."""
    while amount > 0:
        day = next_working_day(day + _DAY)
        amount -= 1
    return day
