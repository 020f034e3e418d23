"""The law's numbers as dated rows of `data/rules.csv`; code asks by rule and day and never writes a number itself."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from dateutil.relativedelta import relativedelta

from app.deadlines.working_days import working_days_after

DATA = Path(__file__).parent / "data"


class Unit(StrEnum):
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"
    # The end of the calendar year so many years after the year of the event.
    YEAR_ENDS = "year_ends"


class Kind(StrEnum):
    """HARD: a task whose number the statute gives; SOFT: a task "without delay", the number is local; LIMIT: a bound of validity."""

    HARD = "HARD"
    SOFT = "SOFT"
    LIMIT = "LIMIT"
    # Not a time limit of a client: an age, or a limit of another part of the service.
    NUMBER = "NUMBER"


@dataclass(frozen=True)
class Number:
    """`amount` of `unit` after the rule's event, in force from `valid_from` to `valid_to` (both included).

    `rule` may have a case after a colon (`R18:QUOTA`). `start` are the event types that begin it, `met_by` those that fulfil it and
    `ceased_by` those that take its ground away. `carries`: events older than the row count too. `setting` names the local number.
    """

    rule: str
    amount: int
    unit: Unit
    kind: Kind
    start: tuple[str, ...]
    times: str
    met_by: tuple[str, ...]
    ceased_by: tuple[str, ...]
    moves: bool
    carries: bool
    setting: str
    owner: str
    section: str
    valid_from: date
    valid_to: date | None
    what_fi: str
    what_sv: str

    @property
    def id(self) -> str:
        """Give the rule's id without its case."""
        return self.rule.partition(":")[0]

    def is_in_force(self, on: date) -> bool:
        """Tell whether the row is in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def _types(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def _row(row: dict[str, str]) -> Number:
    return Number(
        row["rule"], int(row["amount"]), Unit(row["unit"]), Kind(row["kind"]), _types(row["start"]), row["times"], _types(row["met_by"]),
        _types(row["ceased_by"]), row["moves"] == "yes", row["carries"] == "yes", row["setting"], row["owner"], row["section"],
        date.fromisoformat(row["valid_from"]) if row["valid_from"] else date.min,
        date.fromisoformat(row["valid_to"]) if row["valid_to"] else None, row["what_fi"], row["what_sv"],
    )  # fmt: skip


class RuleSet:
    """The rows of a file, and what was asked of them: of a register the same rules and days are asked again and again."""

    def __init__(self, path: Path) -> None:
        with path.open(encoding="utf-8", newline="") as file:
            self.rows = tuple(_row(row) for row in csv.DictReader(file))
        self.by_rule: dict[str, tuple[Number, ...]] = {}
        for row in self.rows:
            self.by_rule[row.rule] = (*self.by_rule.get(row.rule, ()), row)
        self.asked: dict[tuple[str, date], Number] = {}


_other: ContextVar[RuleSet | None] = ContextVar("other_rules", default=None)


@cache
def _in_force() -> RuleSet:
    return RuleSet(DATA / "rules.csv")


def _rules() -> RuleSet:
    return _other.get() or _in_force()


def read_rules(path: Path) -> RuleSet:
    """Read another file of rules. Raises KeyError or ValueError for one that holds none."""
    found = RuleSet(path)
    missing = _in_force().by_rule.keys() - found.by_rule.keys()
    if missing:
        raise ValueError(f"no row for {', '.join(sorted(missing))}")
    return found


@contextmanager
def counted_by(other: RuleSet) -> Iterator[None]:
    """Count by other rules for the length of the block: a change of law before it takes force."""
    before = _other.set(other)
    try:
        yield
    finally:
        _other.reset(before)


def numbers() -> tuple[Number, ...]:
    """Give every row, in the order of the file."""
    return _rules().rows


def rules() -> tuple[str, ...]:
    """Give every rule with its case, in the order of the file."""
    return tuple(_rules().by_rule)


def number(rule: str, on: date) -> Number:
    """Give the row of `rule` in force on a day; a day before the act gives the act's first row.

    Raises LookupError for an unknown rule.
    """
    known = _rules()
    asked = known.asked.get((rule, on))
    if asked is None:
        asked = known.asked[rule, on] = _asked(known, rule, on)
    return asked


def _asked(known: RuleSet, rule: str, on: date) -> Number:
    rows = known.by_rule.get(rule)
    if not rows:
        raise LookupError(rule)
    found = [row for row in rows if row.is_in_force(on)]
    return found[0] if found else min(rows, key=lambda row: row.valid_from)


def number_for_event(rule: str, on: date) -> Number | None:
    """Give the row that an event of a day starts; None when the event is older than a rule that does not reach back, or the rule has ended."""
    row = number(rule, on)
    return row if row.is_in_force(on) or (row.carries and on < row.valid_from) else None


@lru_cache(maxsize=65536)
def end_of(start: date, amount: int, unit: Unit) -> date:
    """Give the last day; the event day is not counted, months and years end on the same-numbered day or the month's last.

    Basis: 150/1930 §§ 2–3.
    """
    match unit:
        case Unit.WORKING_DAYS:
            return working_days_after(start, amount)
        case Unit.DAYS:
            return start + timedelta(days=amount)
        case Unit.MONTHS:
            return start + relativedelta(months=amount)
        case Unit.YEARS:
            return start + relativedelta(years=amount)
        case Unit.YEAR_ENDS:
            return date(start.year + amount, 12, 31)


def limit_after(start: date, rule: str) -> date:
    """Give the last day of a limit that `start` begins: the same-numbered day, or the month's last.

    Basis: 150/1930 §§ 2–3. A validity limit does not move to a working day.
    """
    row = number(rule, start)
    return end_of(start, row.amount, row.unit)
