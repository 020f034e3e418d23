"""Which areas of another day a closed period may be told by: those that its own areas, of the day it was closed, make up whole.

What is hidden of a period was settled for the areas of its closing. The sum of whole areas tells nothing that they do not; any other
area would tell the difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.reports.areas import Level, area_of


@dataclass(frozen=True)
class Composition:
    """`whole_of` gives the area that an area of the closing is part of; `unmade` are the areas that no whole ones make up."""

    whole_of: Mapping[str, str]
    unmade: frozenset[str]


def composed_of(areas: Mapping[str, str], level: Level, closed_on: date) -> Composition:
    """Tell how areas asked for, by municipality, are made up of those of the day a period was closed."""
    # What is hidden of municipalities is settled for each that has facts, merged or not.
    closing = area_of(level) if level is Level.MUNICIPALITY else area_of(level, closed_on)
    parts, wholes = _turned(closing), _turned(areas)
    whole_of: dict[str, str] = {}
    unmade = set()
    for area, municipalities in wholes.items():
        made_of = {closing.get(one) for one in municipalities}
        if None in made_of or set().union(*(parts[part] for part in made_of if part)) != municipalities:
            unmade.add(area)
        else:
            whole_of |= {part: area for part in made_of if part}
    return Composition(whole_of, frozenset(unmade))


def _turned(areas: Mapping[str, str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for municipality, area in areas.items():
        found[area].add(municipality)
    return found
