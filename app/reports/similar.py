"""Which municipalities are like another one: of the same size, and with a like share of speakers of foreign languages. Pure, from the reference data.

The size classes are those of official statistics with the largest split once more. A share is alike when it is at least half and at most twice
as large, or within two percentage points of it. A municipality alone in that has no likes.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from app.codes.areas import DATA

_SIZES = (2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 250_000)
_TIMES, _POINTS = 2.0, 2.0


@dataclass(frozen=True)
class Place:
    """A municipality by its inhabitants and the share of foreign-language speakers, in percent."""

    code: str
    inhabitants: int
    foreign_share: float

    @property
    def size(self) -> int:
        """Give the number of its size class, the smallest 0."""
        return sum(self.inhabitants >= least for least in _SIZES)


def are_alike(one: Place, other: Place) -> bool:
    """Tell whether two places can be compared; the same whichever is asked about first."""
    low, high = sorted((one.foreign_share, other.foreign_share))
    return one.size == other.size and (high <= low * _TIMES or high - low <= _POINTS)


@cache
def places() -> dict[str, Place]:
    """Give every municipality of the latest population data by its code."""
    with (DATA / "population.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {
        row["municipality_code"]: Place(row["municipality_code"], int(row["population_2025_01_prelim"]), float(row["foreign_language_share_2025_pct"]))
        for row in rows if row["population_2025_01_prelim"] and row["foreign_language_share_2025_pct"]
    }  # fmt: skip


@cache
def similar_to(code: str) -> frozenset[str]:
    """Give the codes of the municipalities like one, itself not among them; none for one that the data do not know."""
    one = places().get(code)
    return frozenset(key for key, other in places().items() if key != code and are_alike(one, other)) if one else frozenset()
