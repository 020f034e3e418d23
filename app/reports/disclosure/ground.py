"""Municipalities and the areas they form, as places in arrays: what can be added up into what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Ground:
    """Places: the municipalities first, then each set of two or more that some area is; areas of the same municipalities are one place.

    `holds[place, municipality]` tells who is in a place; `place_of` gives the place of (level, area), `levels` the areas of each level.
    """

    municipalities: tuple[str, ...]
    holds: Flags
    place_of: Mapping[tuple[str, str], int]
    levels: tuple[tuple[int, ...], ...]
    larger: tuple[tuple[int, ...], ...] = field(default=())

    @property
    def many(self) -> int:
        """Give the number of municipalities."""
        return len(self.municipalities)

    def summed(self, counts: Numbers) -> Numbers:
        """Add the counts of municipalities (rows) up to all places."""
        found: Numbers = self.holds.astype(np.int64) @ counts
        return found


def ground_of(areas: Mapping[str, Mapping[str, str]], municipalities: Sequence[str]) -> Ground:
    """Lay the ground of areas by level, area and municipality, given as level → municipality → area."""
    index = {key: place for place, key in enumerate(municipalities)}
    sets = [frozenset({place}) for place in range(len(index))]
    seen, place_of, levels = {one: place for place, one in enumerate(sets)}, {}, []
    for level, area_of in areas.items():
        members: dict[str, set[int]] = {}
        for key, area in area_of.items():
            if key in index:
                members.setdefault(area, set()).add(index[key])
        for area, inside in members.items():
            one = frozenset(inside)
            place = seen.setdefault(one, len(sets))
            if place == len(sets):
                sets.append(one)
            place_of[(level, area)] = place
        levels.append(tuple(sorted({place_of[(level, area)] for area in members})))
    holds = np.zeros((len(sets), len(index)), dtype=bool)
    for place, one in enumerate(sets):
        holds[place, list(one)] = True
    larger = tuple(
        tuple(sorted((other for other in range(len(index), len(sets)) if sets[other] > one), key=lambda other: (len(sets[other]), other)))
        for one in sets
    )
    return Ground(tuple(municipalities), holds, place_of, tuple(levels), larger)
