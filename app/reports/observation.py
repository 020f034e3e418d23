"""What a computation gives, row by row, and how it becomes cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.reports.catalogue.indicator import Indicator
from app.reports.dimensions import CROSS, OF_PERSON, UNKNOWN


@dataclass(frozen=True, slots=True)
class Subject:
    """A person on the last day of a period: the values of `OF_PERSON` in that order.

    `key` is the client's, for the list of those behind a cell; no cell holds it.
    """

    values: tuple[str, ...]
    is_protected: bool = False
    is_complete: bool = True
    key: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing counted: `numerator` of `denominator` (0 for a plain number), `amount` for a spread or a mean, `own` for breakdowns of the matter itself.

    A person is counted once a figure: whoever computes it sees to that. `only` names the breakdowns it is counted in, "" being the whole: what
    has several values of one breakdown, or none, is counted there value by value, each of the same whole.
    """

    subject: Subject | None
    numerator: int = 1
    denominator: int = 0
    amount: int | None = None
    own: tuple[tuple[str, str], ...] = ()
    only: tuple[str, ...] | None = None


@dataclass(slots=True)
class Cell:
    """The sums of one cell."""

    numerator: int = 0
    denominator: int = 0
    protected: int = 0
    spread: Counter[int] = field(default_factory=Counter)

    def add(self, one: Observation) -> None:
        """Count one observation in."""
        self.numerator += one.numerator
        self.denominator += one.denominator
        self.protected += one.subject is not None and one.subject.is_protected
        if one.amount is not None:
            self.spread[one.amount] += 1


_PLACE = {key: place for place, key in enumerate(OF_PERSON)}


def cells(indicator: Indicator, found: Iterable[Observation]) -> dict[tuple[str, str], Cell]:
    """Give the cells of one municipality by (dimension, value); the whole is ("", "")."""
    made: dict[tuple[str, str], Cell] = {}
    for one in found:
        for key in cells_with(indicator, one):
            if (cell := made.get(key)) is None:
                cell = made[key] = Cell()
            cell.add(one)
    return made


def cells_with(indicator: Indicator, one: Observation) -> Iterator[tuple[str, str]]:
    """Give the cells, by (dimension, value), that one observation is counted in."""
    if one.only is None or "" in one.only:
        yield "", ""
    for dimension in indicator.dimensions:
        if one.only is None or dimension in one.only:
            yield dimension, _value(dimension, one)
    for first, second in indicator.crossings if one.only is None else ():
        yield f"{first}{CROSS}{second}", f"{_value(first, one)}{CROSS}{_value(second, one)}"


def _value(dimension: str, one: Observation) -> str:
    """Give the value of a breakdown; what the matter itself says goes before the person."""
    own = dict(one.own).get(dimension) if one.own else None
    if own is not None:
        return own
    place = _PLACE.get(dimension)
    return one.subject.values[place] if place is not None and one.subject else UNKNOWN[0]
