"""Which cells to hide so that one cell can be another number: the cheapest way of moving persons that leaves the rest as told."""

from __future__ import annotations

import highspy
import numpy as np
from numpy.typing import NDArray

from app.reports.disclosure.audit import groups
from app.reports.disclosure.ground import Flags, Numbers
from app.reports.disclosure.programme import Row, solver_of
from app.reports.disclosure.sheet import NO_CAP, Sheet

_MOVED = 1e-6
# A hidden cell costs almost nothing to move, so that short ways are taken; a cell of a larger area costs more than one of a municipality.
_HIDDEN, _AREA = 0.01, 4.0


class Ways:
    """A linear programme of how much each cell grows (first half of its columns) and shrinks (second half), over all places and values."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.size = sheet.counts.size
        self.number: Numbers = np.arange(self.size).reshape(sheet.counts.shape)
        counts = sheet.counts.astype(float)
        caps = np.vstack([sheet.caps, np.full_like(sheet.counts[sheet.many :], NO_CAP)])
        self.upper = np.concatenate([(caps - counts).ravel(), counts.ravel()])
        rows = [*self._sums(), *self._across()]
        self.solver = solver_of(np.zeros(2 * self.size), self.upper, rows, highspy.ObjSense.kMinimize)

    def _row(self, plus: NDArray[np.int64], minus: NDArray[np.int64]) -> Row:
        size = self.size
        places = [*plus, *(minus + size), *(plus + size), *minus]
        return places, [1.0] * (len(plus) + len(minus)) + [-1.0] * (len(plus) + len(minus)), 0.0, 0.0

    def _sums(self) -> list[Row]:
        holds, many = self.sheet.ground.holds, self.sheet.many
        return [
            self._row(self.number[:many, column][holds[area]], self.number[[area], column])
            for area in range(many, len(holds))
            for column in range(self.number.shape[1])
            if self.sheet.counts[area].any() or self.sheet.withheld[area]
        ]

    def _across(self) -> list[Row]:
        nothing = np.array([], dtype=np.int64)
        told = [self._row(row, nothing) for row in self.number[: self.sheet.many][~self.sheet.withheld[: self.sheet.many]]]
        return told + [self._row(self.number[group].ravel(), nothing) for group in groups(self.sheet)]

    def hide(self, place: int, column: int, by: int, known: Flags | None) -> bool:
        """Hide what lets a cell be `by` more (or less) than it is, unless it cannot be; cells of those `known` stay as they are."""
        sheet, size, target = self.sheet, self.size, int(self.number[place, column])
        upper, lower = self.upper.copy(), np.zeros(2 * size)
        fixed = (sheet.locked & ~sheet.hidden).copy()
        if known is not None:
            fixed[: sheet.many][known] = True
        upper[np.concatenate([fixed.ravel()] * 2)] = 0
        forth, back = (target, target + size) if by > 0 else (target + size, target)
        lower[forth] = upper[forth] = abs(by)
        upper[back] = 0
        columns = np.arange(2 * size, dtype=np.int32)
        self.solver.changeColsBounds(2 * size, columns, lower, upper)
        self.solver.changeColsCost(2 * size, columns, np.concatenate([self._costs()] * 2))
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return False
        moved = np.array(self.solver.getSolution().col_value) > _MOVED
        sheet.hidden |= (moved[:size] | moved[size:]).reshape(sheet.counts.shape)
        return True

    def _costs(self) -> NDArray[np.float64]:
        sheet = self.sheet
        counts: Numbers = sheet.counts
        costs = 1.0 + np.sqrt(counts)
        costs[sheet.many :] *= _AREA
        costs[sheet.hidden] = _HIDDEN
        found: NDArray[np.float64] = costs.ravel()
        return found
