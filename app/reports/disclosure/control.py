"""Which cells of a period an audience may not see, over all indicators: numbers that are parts of each other are protected together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from app.reports.catalogue.indicator import Overlap
from app.reports.dimensions import CROSS, UNKNOWN
from app.reports.disclosure.ground import Flags, Ground, Numbers
from app.reports.disclosure.limits import Limits
from app.reports.disclosure.protect import CannotProtectError, protect
from app.reports.disclosure.sheet import Adding, Numbered, Sheet, sheet_of

# How often more municipalities are left untold before a breakdown is given up.
_TRIES = 1
# A breakdown of an indicator; the whole is ("I01", "").
Block = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Counted:
    """The counts of a block by municipality (rows) and value (columns); `wholes` where each is a part of something known."""

    values: tuple[str, ...]
    counts: Numbers
    protected: Numbers
    wholes: Numbers | None = None
    # Where one can be in several values: who is in at least one.
    overlap: Overlap | None = None


@dataclass(frozen=True, eq=False)
class Before:
    """What earlier publications settle of a block, by place and value: hidden, told, or free of need since those already protect it."""

    hidden: Flags
    locked: Flags
    settled: Flags


@dataclass(eq=False)
class Control:
    """The control of one period for one audience: `hidden` by block grows until nothing follows from anything.

    `contained` tells by an indicator those whose hidden cells it must hide as well, since its own would tell of them.
    """

    ground: Ground
    blocks: Mapping[Block, Counted]
    limits: Limits
    before: Mapping[Block, Before] = field(default_factory=dict)
    contained: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hidden: dict[Block, Flags] = field(default_factory=dict)
    # In which state a block was left protected: with just that hidden there is nothing to do for it.
    settled: dict[Block, tuple[bytes, bytes]] = field(default_factory=dict)

    def run(self) -> dict[Block, Flags]:
        """Give the hidden cells of each block by place and value."""
        twins = self._twins()
        indicators = sorted({indicator for indicator, _ in self.blocks}, key=lambda one: (len(self.contained.get(one, ())), one))
        todo = set(indicators)
        while todo:
            for indicator in [one for one in indicators if one in todo]:
                self._indicator(indicator)
            todo = self._shared(twins)
        return self.hidden

    def _indicator(self, indicator: str) -> None:
        dimensions = [dimension for one, dimension in self.blocks if one == indicator]
        plain = [one for one in dimensions if one and CROSS not in one]
        failed: list[int] | None = None
        for _number in range(_TRIES):
            if not (failed := self._plain(indicator, plain, is_last=False)):
                break
            # Of a municipality that cannot be protected with its total told nothing is told.
            self.hidden[(indicator, "")][failed] = True
        if failed is None or failed:
            self._plain(indicator, plain, is_last=True)
        for dimension in (one for one in dimensions if CROSS in one):
            self._crossed((indicator, dimension))

    def _plain(self, indicator: str, dimensions: list[str], *, is_last: bool) -> list[int] | None:
        """Protect the total and the breakdowns; gives municipalities of which a cell failed that have a told total yet, None where no such did."""
        whole = self._protected((indicator, ""), None, is_last=True)[0]
        failed: set[int] = set()
        for dimension in dimensions:
            failed |= self._protected((indicator, dimension), whole[:, 0], is_last=is_last)[1]
        told = [place for place in failed if place < self.ground.many and not whole[place, 0] and not self._is_locked(indicator, place)]
        return None if failed and not told else told

    def _is_locked(self, indicator: str, place: int) -> bool:
        before = self.before.get((indicator, ""))
        return before is not None and bool(before.locked[place, 0])

    def _protected(self, block: Block, withheld: Flags | None, *, is_last: bool) -> tuple[Flags, set[int]]:
        """Give what is hidden of a block, and the places of cells that cannot be protected; then nothing of it is kept unless it is the last try."""
        hidden = self._begun(block)
        if withheld is not None:
            hidden |= withheld[:, None]
        state = (hidden.tobytes(), b"" if withheld is None else withheld.tobytes())
        if self.settled.get(block) == state:
            return hidden, set()
        failed: set[int] = set()
        for numbered in self._numbers(block, is_total=withheld is None):
            sheet = sheet_of(self.ground, numbered, self.limits, withheld, is_total=withheld is None)
            failed |= self._protect(block, sheet, hidden)
            hidden = sheet.hidden
        if failed and not is_last:
            # What is not told of the whole it does not tell of its parts.
            return hidden, failed if failed & set(range(self.ground.many)) else self._protected(block, withheld, is_last=True)[1]
        self.hidden[block], self.settled[block] = hidden, (hidden.tobytes(), state[1])
        return hidden, failed

    def _numbers(self, block: Block, *, is_total: bool) -> list[Numbered]:
        """Give the numbers that a block tells: its counts, and the wholes they are parts of."""
        counted = self.blocks[block]
        silent = np.array([value == UNKNOWN[0] for value in counted.values])
        total = None if is_total or counted.overlap is None else self.blocks.get((block[0], ""))
        found = [self._numbered(counted.counts, counted.protected, counted.wholes, silent, counted.overlap, None if total is None else total.counts)]
        if counted.wholes is not None:
            of = None if total is None else total.wholes if total.wholes is not None else total.counts
            # Where everybody is asked of each value, all wholes are alike.
            quiet = silent | (counted.overlap is not None)
            found.append(self._numbered(counted.wholes, np.zeros_like(counted.wholes), None, quiet, counted.overlap, of))
        return found

    def _numbered(
        self, counts: Numbers, protected: Numbers, caps: Numbers | None, silent: Flags, overlap: Overlap | None, total: Numbers | None
    ) -> Numbered:
        if overlap is None:
            return Numbered(counts, protected, caps, silent)
        if total is None or (counts > total).any():
            # A part of a share can be more than the share's whole has: who reached one of four need not have reached all.
            return Numbered(counts, protected, caps, silent, Adding.FREE)
        is_whole = overlap is Overlap.EVERYBODY and bool((counts.sum(axis=1) >= total[:, 0]).all())
        return Numbered(counts, protected, caps, silent, Adding.AT_LEAST if is_whole else Adding.FREE, total[:, 0])

    def _protect(self, block: Block, sheet: Sheet, hidden: Flags) -> set[int]:
        before = self.before.get(block)
        if before is not None:
            sheet.locked |= before.locked
            sheet.sensitive &= ~(before.settled | before.locked)
        sheet.hidden |= hidden
        sheet.hidden &= ~sheet.locked
        try:
            protect(sheet)
        except CannotProtectError as failed:
            # Nothing more can be done than to tell nothing that was not told before.
            sheet.hidden |= ~sheet.locked
            return set(failed.places)
        return set()

    def _begun(self, block: Block) -> Flags:
        shape = (len(self.ground.holds), len(self.blocks[block].values))
        begun = self.hidden.get(block, np.zeros(shape, dtype=bool)).copy()
        if (before := self.before.get(block)) is not None:
            begun |= before.hidden
        for other in self.contained.get(block[0], ()):
            begun |= self._of_other(block, (other, block[1]), begun.shape)
        return begun

    def _of_other(self, block: Block, other: Block, shape: tuple[int, ...]) -> Flags:
        """Give the hidden cells of another indicator's block by the values of this one."""
        found = np.zeros(shape, dtype=bool)
        if other in self.hidden:
            place = {value: number for number, value in enumerate(self.blocks[other].values)}
            for column, value in enumerate(self.blocks[block].values):
                if value in place:
                    found[:, column] = self.hidden[other][:, place[value]]
        return found

    def _crossed(self, block: Block) -> None:
        """Tell a crossing of the whole country only, and whole or not at all: below that its cells are few and tied by two sums each."""
        indicator, dimension = block
        counted = self.blocks[block]
        sums, protected = self.ground.summed(counted.counts), self.ground.summed(counted.protected)
        is_few = (sums > 0) & ((sums < self.limits.fewest) | ((protected > 0) & (sums < self.limits.protected_under)))
        if counted.wholes is not None:
            whole = self.ground.summed(counted.wholes)
            is_few |= ((whole > 0) & (whole < self.limits.fewest)) | ((whole - sums > 0) & (whole - sums < self.limits.fewest))
        closed = is_few.any(axis=1)
        for part in ("", *dimension.split(CROSS)):
            closed |= self.hidden[(indicator, part)].any(axis=1)
        closed |= self.ground.holds.sum(axis=1) < self.ground.holds.sum(axis=1).max()
        self.hidden[block] = np.repeat(closed[:, None], len(counted.values), axis=1)

    def _twins(self) -> list[list[Block]]:
        """Give blocks that tell the same numbers, or what is left of a whole by them: hidden in one, a cell must be in all."""
        found: dict[tuple[str, tuple[str, ...], bytes], list[Block]] = {}
        for block, counted in self.blocks.items():
            contents = {counted.counts.tobytes()}
            if counted.wholes is not None:
                contents.add((counted.wholes - counted.counts).tobytes())
            for content in contents:
                found.setdefault((block[1], counted.values, content), []).append(block)
        return [blocks for blocks in found.values() if len(blocks) > 1]

    def _shared(self, twins: list[list[Block]]) -> set[str]:
        """Hide in each block what its twins and those it is contained in hide; give the indicators to protect anew."""
        grown = set()
        for blocks in twins:
            together = np.logical_or.reduce([self.hidden[block] for block in blocks])
            for block in blocks:
                # What was told of a block before stays told: to hide it again and again would never end.
                wanted = together & ~self._told_before(block)
                if (wanted & ~self.hidden[block]).any():
                    self.hidden[block] = self.hidden[block] | wanted
                    grown.add(block[0])
        for block in self.blocks:
            begun = self._begun(block) if self.contained.get(block[0]) else None
            if begun is not None and (begun & ~self.hidden[block] & ~self._told_before(block)).any():
                grown.add(block[0])
        return grown

    def _told_before(self, block: Block) -> Flags:
        before = self.before.get(block)
        return np.zeros_like(self.hidden[block]) if before is None else before.locked
