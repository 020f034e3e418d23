"""Which areas of another day a closed period may be told by: those that its own areas, of the day it was closed, make up whole.

What is hidden of a period was settled for the areas of its closing. The sum of whole areas tells nothing that they do not; any other
area would tell the difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.codes.edition import of_edition
from app.reports.areas import Level, area_of


@dataclass(frozen=True)
class Composition:
    """`whole_of` gives the area that an area of the closing is part of; `unmade` are the areas that no whole ones make up."""

    whole_of: Mapping[str, str]
    unmade: frozenset[str]


def composed_of(areas: Mapping[str, str], level: Level, closed_on: date) -> Composition:
    """Tell how areas asked for, by municipality, are made up of those of the day a period was closed."""
    closing, parts = _of_closing(level, closed_on)
    wholes = _turned(areas)
    whole_of: dict[str, str] = {}
    unmade = set()
    for area, municipalities in wholes.items():
        made_of = {closing.get(one) for one in municipalities}
        if None in made_of or set().union(*(parts[part] for part in made_of if part)) != municipalities:
            unmade.add(area)
        else:
            whole_of |= {part: area for part in made_of if part}
    return Composition(whole_of, frozenset(unmade))


def all_composed(level: Level, on: date | None, closed_on: date) -> Composition:
    """Tell how all areas of a day, of today without one, are made up of those of the day a period was closed."""
    return _all_composed(level, on or date.today(), is_today=on is None, closed_on=closed_on)


@of_edition
def _all_composed(level: Level, on: date, *, is_today: bool, closed_on: date) -> Composition:
    return composed_of(area_of(level, None if is_today else on), level, closed_on)


@of_edition
def _of_closing(level: Level, closed_on: date) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Give the area of each municipality on the day of a closing, and the municipalities of each area."""
    # What is hidden of municipalities is settled for each that has facts, merged or not.
    closing = area_of(level) if level is Level.MUNICIPALITY else area_of(level, closed_on)
    return closing, _turned(closing)


def _turned(areas: Mapping[str, str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for municipality, area in areas.items():
        found[area].add(municipality)
    return found
