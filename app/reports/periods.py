"""Periods of figures: months, quarters and years, named `2026-09`, `2026Q3` and `2026`."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from config import TIME_ZONE

_HERE = ZoneInfo(TIME_ZONE)


# No register reaches beyond, and every period between has one before and one after it.
FIRST_YEAR, LAST_YEAR = 1900, 2999


class UnknownPeriodError(ValueError):
    """A text that names no period."""


class Length(StrEnum):
    """How long a period is, in the order of its months."""

    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"


# A closed period as the gate reads it: its name, its length, the day of its closing and the digest of the areas it is protected for.
Closed = tuple[str, str, date, str | None]

_MONTHS = {Length.MONTH: 1, Length.QUARTER: 3, Length.YEAR: 12}


@dataclass(frozen=True, order=True)
class Period:
    """A calendar month, quarter or year from its first day to its last."""

    starts_on: date
    ends_on: date
    length: Length

    @property
    def id(self) -> str:
        if self.length is Length.YEAR:
            return str(self.starts_on.year)
        if self.length is Length.QUARTER:
            return f"{self.starts_on.year}Q{(self.starts_on.month + 2) // 3}"
        return f"{self.starts_on.year}-{self.starts_on.month:02}"

    @property
    def previous(self) -> Period:
        return period_of(self.starts_on - timedelta(days=1), self.length)

    @property
    def next(self) -> Period:
        return period_of(self.ends_on + timedelta(days=1), self.length)


def period_of(day: date, length: Length) -> Period:
    """Give the period of a length that a day belongs to."""
    months = _MONTHS[length]
    first = (day.month - 1) // months * months + 1
    last = first + months - 1
    return Period(date(day.year, first, 1), date(day.year, last, monthrange(day.year, last)[1]), length)


# Each figure of a page names its period.
@lru_cache(maxsize=1000)
def period_named(name: str) -> Period:
    """Read `2026`, `2026Q3` or `2026-09`. Raises UnknownPeriodError."""
    year, quarter, month = name[:4], name[5:] if name[4:5] == "Q" else "", name[5:] if name[4:5] == "-" else ""
    if not (name.isascii() and year.isdigit() and len(year) == 4 and FIRST_YEAR <= int(year) <= LAST_YEAR):
        raise UnknownPeriodError(name)
    if len(name) == 4:
        return period_of(date(int(year), 1, 1), Length.YEAR)
    if quarter in ("1", "2", "3", "4"):
        return period_of(date(int(year), 3 * int(quarter), 1), Length.QUARTER)
    if len(month) == 2 and month.isdigit() and 1 <= int(month) <= 12:
        return period_of(date(int(year), int(month), 1), Length.MONTH)
    raise UnknownPeriodError(name)


def day_of(moment: datetime) -> date:
    """Give the day of a moment in Finland."""
    return moment.astimezone(_HERE).date()


def day_in(period: Period, today: date) -> date:
    """Give the day that a situation of the period is told of: its last, or today while it runs."""
    return min(period.ends_on, today)
