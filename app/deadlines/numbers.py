"""The law's numbers as dated rows; code asks by rule and day and never writes a number itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dateutil.relativedelta import relativedelta


class Unit(StrEnum):
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True)
class Number:
    """`amount` of `unit` after the rule's event, in force from `valid_from` to `valid_to` (both included)."""

    rule: str
    amount: int
    unit: Unit
    section: str
    valid_from: date
    valid_to: date | None = None


_IN_FORCE = date(2025, 1, 1)

NUMBERS = (
    Number("R05", 3, Unit.YEARS, "681/2023 § 20.3", _IN_FORCE),
    Number("R07", 6, Unit.MONTHS, "681/2023 § 22.1", _IN_FORCE),
    Number("R08", 1, Unit.YEARS, "681/2023 § 23.2", _IN_FORCE),
    Number("R09", 2, Unit.YEARS, "681/2023 § 23.2", _IN_FORCE),
    Number("ACCESSIBILITY_REPLY", 14, Unit.DAYS, "306/2019 chapter 3", date(2019, 4, 1)),
    # The act gives no number: as long as is indispensable. Half a year, as a plan is reviewed at least that often.
    Number("PARTICIPATION", 6, Unit.MONTHS, "681/2023 § 79.2", _IN_FORCE),
    Number("LOG_EXAMINATION", 14, Unit.DAYS, "project; 681/2023 § 79.3 says without delay", _IN_FORCE),
    Number("EDUCATION_GOAL_AGE", 25, Unit.YEARS, "681/2023 § 18.4", _IN_FORCE),
)


def number(rule: str, on: date) -> Number:
    """Give the row of `rule` in force on a day; a day before the act gives the act's first row.

    Raises LookupError for an unknown rule.
    """
    rows = [row for row in NUMBERS if row.rule == rule]
    if not rows:
        raise LookupError(rule)
    found = [row for row in rows if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)]
    return found[0] if found else min(rows, key=lambda row: row.valid_from)


def limit_after(start: date, rule: str) -> date:
    """Give the last day of a limit that `start` begins: the same-numbered day, or the month's last.

    Basis: 150/1930 §§ 2–3. A validity limit does not move to a working day.
    """
    row = number(rule, start)
    return start + relativedelta(**{row.unit.value: row.amount})  # type: ignore[arg-type]
