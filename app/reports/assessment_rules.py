"""What is asked of an assessment in figures; pure functions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from app.deadlines.numbers import limit_after
from app.reports.groups import LANGUAGE_LEVELS, LEVEL_OF, UNKNOWN

# An indicator's own numbers, not the law's: how early is early, and how near is near.
EARLY_DAYS, NEAR_MONTHS = 365, 6


def is_early(started_on: date, first_permit_on: date | None) -> bool:
    """Tell whether an assessment started within a year of the first permit."""
    return first_permit_on is not None and started_on <= first_permit_on + timedelta(days=EARLY_DAYS)


def is_window_closing(first_permit_on: date | None, day: date) -> bool:
    """Tell whether less than half a year is left to begin an assessment and the last day (R03) is not behind. Basis: 681/2023 § 14.1."""
    if first_permit_on is None:
        return False
    return day <= limit_after(first_permit_on, "R03") < day + relativedelta(months=NEAR_MONTHS)


def known_on(recorded: date | None, handled: Collection[date], started_on: date, earlier_on: date | None) -> date | None:
    """Give the day the ground of an assessment became known: the one recorded, or of the last contact before it that led to assessment.

    What was handled by the day an earlier assessment started led to that one. Basis: 681/2023 § 14.2 (R02).
    """
    return recorded or max((day for day in handled if day <= started_on and (earlier_on is None or day > earlier_on)), default=None)


def language_group(levels: Collection[str]) -> str:
    """Give the group of the highest level in Finnish or Swedish; one that is not tested is not known."""
    found = [LEVEL_OF[level.split("_")[0].split(".")[0]] for level in levels if level != "X"]
    return max(found, key=LANGUAGE_LEVELS.index) if found else UNKNOWN
