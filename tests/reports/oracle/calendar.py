"""Counting of days, months and years by hand (150/1930 §§ 2, 3 and 5)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from app.deadlines.working_days import day_off


def months_after(day: date, months: int) -> date:
    """The same-numbered day so many months later, or the month's last where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def task_due(day: date, months: int) -> date:
    """The last day a task may be done: on a day off the next day that is none."""
    due = months_after(day, months)
    while due.weekday() > 4 or day_off(due):
        due += timedelta(days=1)
    return due


def full_months(first: date, last: date) -> int:
    """How many whole months have gone by."""
    count = 0
    while months_after(first, count + 1) <= last:
        count += 1
    return count
