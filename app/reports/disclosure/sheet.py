"""One breakdown of one number over all places: its true counts, which cells are hidden and what an attacker may not rule out of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

import numpy as np

from app.reports.disclosure.ground import Flags, Ground, Numbers
from app.reports.disclosure.limits import Limits

# A cap for a number that is not a part of another.
NO_CAP = 2**40


class Adding(Enum):
    """What the cells of a municipality add up to: its total, no less than that where everybody is in at least one, or nothing that is known."""

    EQUAL = "EQUAL"
    AT_LEAST = "AT_LEAST"
    FREE = "FREE"


@dataclass(eq=False)
class Sheet:
    """Rows are places and columns the values of a breakdown, or one column for the totals (`is_total`).

    Whoever attacks must hold `low` or less and `high` or more possible of each cell that is `sensitive`. `caps` are the wholes an attacker may
    know. `withheld` are places of which nothing is told: neither cells nor their total. A cell that is `locked` was told before and stays so.
    """

    ground: Ground
    counts: Numbers
    caps: Numbers
    sensitive: Flags
    low: Numbers
    high: Numbers
    hidden: Flags
    locked: Flags
    withheld: Flags
    is_total: bool = False
    adding: Adding = Adding.EQUAL
    # The number of persons of each municipality, where its cells do not add up to it.
    totals: Numbers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @property
    def many(self) -> int:
        """Give the number of municipalities."""
        return self.ground.many

    def near(self, wanted: Numbers, sign: int) -> Numbers:
        """Give how far one step goes toward what is wanted: what must stay open to whoever knows the cells of one municipality."""
        found: Numbers = self.counts + sign * np.minimum(np.abs(wanted - self.counts), 1)
        return found

    def hide(self, place: int, column: int) -> bool:
        """Hide a cell; tells whether it could be."""
        if self.hidden[place, column] or self.locked[place, column]:
            return False
        self.hidden[place, column] = True
        return True


@dataclass(frozen=True, eq=False)
class Numbered:
    """What a sheet is made of: counts and persons under non-disclosure by municipality and value, the wholes of the counts, where known."""

    counts: Numbers
    protected: Numbers
    caps: Numbers | None = None
    # Columns that tell nothing of a person, as "not known".
    silent: Flags | None = None
    adding: Adding = Adding.EQUAL
    # The persons of each municipality, of whom each is in any number of cells, where they do not add up.
    totals: Numbers | None = None


def sheet_of(ground: Ground, numbered: Numbered, limits: Limits, withheld: Flags | None = None, *, is_total: bool = False) -> Sheet:
    """Make a sheet in which just the cells are hidden that may not be told for what they are themselves."""
    counts, protected = ground.summed(numbered.counts), ground.summed(numbered.protected)
    caps = np.full_like(counts, NO_CAP) if numbered.caps is None else ground.summed(numbered.caps)
    gone = np.zeros(len(counts), dtype=bool) if withheld is None else withheld
    totals = None if numbered.totals is None else ground.summed(numbered.totals[:, None])
    rows = counts.sum(axis=1, keepdims=True) if totals is None else totals
    alike = np.zeros_like(counts, dtype=bool) if is_total else (counts == rows) & ~_silent(numbered, counts)
    sensitive, low, high = _needs(counts, protected, caps, alike, limits)
    if not is_total:
        high = np.where(gone[:, None], high, np.minimum(high, np.maximum(rows, counts)))
    if totals is not None:
        # Nobody is in a value who is not in the whole, and the whole is told.
        caps = np.where(gone[:, None], caps, np.minimum(caps, np.maximum(totals, counts)))
    hidden = sensitive | gone[:, None]
    sheet = Sheet(
        ground, counts, caps[: ground.many], sensitive, low, high, hidden, np.zeros_like(hidden), gone, is_total,
        adding=numbered.adding, totals=np.zeros(ground.many, dtype=np.int64) if numbered.totals is None else numbered.totals,
    )  # fmt: skip
    return sheet


def _silent(numbered: Numbered, counts: Numbers) -> Flags:
    return np.zeros(counts.shape[1], dtype=bool) if numbered.silent is None else numbered.silent


def _needs(counts: Numbers, protected: Numbers, caps: Numbers, alike: Flags, limits: Limits) -> tuple[Flags, Numbers, Numbers]:
    few, rest = limits.fewest, caps - counts
    low, high = counts.copy(), counts.copy()
    is_few = (counts > 0) & (counts < few)
    is_rest_few = (rest > 0) & (rest < few)
    is_protected = (counts > 0) & (counts < limits.protected_under) & (protected > 0)
    is_alike = (counts >= few) & (counts < limits.alike_under) & (alike | (rest == 0))
    for flags, least, most in (
        (is_few, np.ones_like(counts), np.full_like(counts, few)),
        (is_rest_few, caps - few, caps - 1),
        (is_protected, np.maximum(counts - few, 1), counts + few),
        (is_alike, np.maximum(counts - few, 1), counts),
    ):
        low, high = np.where(flags, np.minimum(low, least), low), np.where(flags, np.maximum(high, most), high)
    return is_few | is_rest_few | is_protected | is_alike, np.maximum(low, 0), np.minimum(high, caps)
