"""What a computation gives, row by row, and how it becomes cells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from operator import itemgetter
from typing import Any

from app.reports.catalogue.indicator import Indicator
from app.reports.dimensions import CROSS, OF_PERSON, UNKNOWN


@dataclass(frozen=True, slots=True)
class Subject:
    """A person of a municipality on the last day of a period: the values of `OF_PERSON` in that order.

    `key` is the client's, for the list of those behind a cell; no cell holds it.
    """

    values: tuple[str, ...]
    org_id: str = ""
    is_protected: bool = False
    is_complete: bool = True
    key: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing counted: `numerator` of `denominator` (0 for a plain number), `amount` for a spread or a mean, `own` for breakdowns of the matter itself.

    A person is counted once a figure: whoever computes it sees to that. `only` names the breakdowns it is counted in, "" being the whole: what
    has several values of one breakdown, or none, is counted there value by value, each of the same whole. `org_id` is the municipality of
    what has no person.
    """

    subject: Subject | None
    numerator: int = 1
    denominator: int = 0
    amount: int | None = None
    own: tuple[tuple[str, str], ...] = ()
    only: tuple[str, ...] | None = None
    org_id: str = ""


@dataclass(slots=True)
class Cell:
    """The sums of one cell."""

    numerator: int = 0
    denominator: int = 0
    protected: int = 0
    spread: Counter[int] = field(default_factory=Counter)

    def add(self, one: Observation, times: int) -> None:
        """Count so many observations in that are alike."""
        self.numerator += one.numerator * times
        self.denominator += one.denominator * times
        self.protected += times if one.subject is not None and one.subject.is_protected else 0
        if one.amount is not None:
            self.spread[one.amount] += times


Place = tuple[str, str]
_PLACE = {key: place for place, key in enumerate(OF_PERSON)}
_NOBODY = (UNKNOWN[0],) * len(OF_PERSON)


def cells(indicator: Indicator, found: Iterable[Observation]) -> dict[str, dict[Place, Cell]]:
    """Give the cells of each municipality by (dimension, value); the whole is ("", "").

    Observations that differ in their persons only are counted together: of many clients a breakdown at a time costs a tenth of one by one.
    """
    alike: dict[tuple[str, Any], tuple[Observation, list[tuple[str, ...]]]] = {}
    for one in found:
        subject = one.subject
        org_id, values, is_protected = (subject.org_id, subject.values, subject.is_protected) if subject else ("", _NOBODY, False)
        key = one.org_id or org_id, (one.numerator, one.denominator, one.amount, one.own, one.only, is_protected)
        if (group := alike.get(key)) is None:
            group = alike[key] = (one, [])
        group[1].append(values)
    made: dict[str, dict[Place, Cell]] = defaultdict(dict)
    for (org_id, _rest), (one, persons) in alike.items():
        of_municipality = made[org_id]
        for place, times in _counted(indicator, one, persons):
            if (cell := of_municipality.get(place)) is None:
                cell = of_municipality[place] = Cell()
            cell.add(one, times)
    return dict(made)


def cells_with(indicator: Indicator, one: Observation) -> Iterator[Place]:
    """Give the cells, by (dimension, value), that one observation is counted in."""
    for place, _times in _counted(indicator, one, [one.subject.values if one.subject else _NOBODY]):
        yield place


def _counted(indicator: Indicator, one: Observation, persons: Sequence[tuple[str, ...]]) -> Iterator[tuple[Place, int]]:
    """Give in which cells so many persons of observations like `one` are, and how many in each."""
    if one.only is None or "" in one.only:
        yield ("", ""), len(persons)
    own = dict(one.own)
    for dimension in indicator.dimensions:
        if one.only is None or dimension in one.only:
            for value, times in Counter(_column(dimension, own, persons)).items():
                yield (dimension, value), times
    for first, second in indicator.crossings if one.only is None else ():
        for pair, times in Counter(zip(_column(first, own, persons), _column(second, own, persons), strict=True)).items():
            yield (f"{first}{CROSS}{second}", CROSS.join(pair)), times


def _column(dimension: str, own: dict[str, str], persons: Sequence[tuple[str, ...]]) -> Iterable[str]:
    """Give the value of a breakdown for each person; what the matter itself says goes before the person."""
    place = _PLACE.get(dimension)
    if dimension in own or place is None:
        return repeat(own.get(dimension, UNKNOWN[0]), len(persons))
    return map(itemgetter(place), persons)
