"""Which obligations are a caseworker's, which are warned of, and how they stand on a day; pure functions."""

from __future__ import annotations

from datetime import date

from app.deadlines.numbers import end_of, number

# The limits of a client's plans; the latest of them holds.
MAXIMA = ("R09", "R10", "R11", "R12", "R13", "R30")
WARNED = ("R05",)
CASEWORKERS = ("INTAKE", "CASEWORKER_MUNICIPALITY", "CASEWORKER_EMPLOYMENT")
WARNINGS = ("WARNING_FIRST", "WARNING_SECOND", "WARNING_LAST")
# Least and most of a local number: a limit that stands for "without delay" is counted in days, not in months.
LEAST_AND_MOST = {"R01_working_days": (1, 10), "R02_days": (1, 30), "R04_days": (1, 30)}


def state_on(state: str, kind: str, due_on: date, today: date) -> str:
    """Give the state as it is read on a day."""
    if state != "OPEN" or due_on >= today:
        return state
    return "PASSED" if kind == "LIMIT" else "OVERDUE"


def warning_days(due_on: date) -> list[date]:
    """Give the days of the warnings, the earliest first."""
    rows = [number(name, due_on) for name in WARNINGS]
    return [end_of(due_on, -row.amount, row.unit) for row in rows]


def is_out_of_bounds(setting: str, amount: int) -> bool:
    """Tell whether a local number is no longer "without delay"."""
    least, most = LEAST_AND_MOST[setting]
    return not least <= amount <= most
