"""Count a time limit from its event to its last day. Basis: 150/1930 §§ 2, 3 and 5."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.deadlines.facts import Settings
from app.deadlines.numbers import Number, Unit, end_of, number
from app.deadlines.working_days import day_off, next_working_day


@dataclass(frozen=True)
class Counted:
    """`amount` of `unit` from the event ends on `end`; the act may be done on `due_on`, later when `day_off` names why."""

    amount: int
    unit: Unit
    end: date
    due_on: date
    day_off: str | None


def count(start: date, row: Number, settings: Settings) -> Counted:
    """Count a row from its event; a task that ends on a day off moves (§ 5), a limit of validity does not."""
    amount = settings.amount_for(row.setting, start, row.amount) if row.setting else row.amount
    end = end_of(start, amount, row.unit)
    moves = row.moves and settings.tasks_move_to_working_day
    return Counted(amount, row.unit, end, next_working_day(end) if moves else end, day_off(end))


def due_after(start: date, rule: str) -> date:
    """Give the last day a task of a rule may be done; on a day off it moves to the next working day. Basis: 150/1930 § 5."""
    return count(start, number(rule, start), Settings()).due_on


def has_age(birth_date: date | None, years: int, on: date) -> bool | None:
    """Tell whether somebody has reached an age on a day; None when the day of birth is not known."""
    return None if birth_date is None else end_of(birth_date, years, Unit.YEARS) <= on
