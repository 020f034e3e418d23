"""Which cells to hide so that one cell can be another number: the cheapest way of moving persons that leaves the rest as told."""

from __future__ import annotations

from collections.abc import Iterator

import highspy
import numpy as np
from numpy.typing import NDArray

from app.reports.disclosure.audit import groups
from app.reports.disclosure.ground import Flags, Numbers
from app.reports.disclosure.programme import Row, solver_of
from app.reports.disclosure.sheet import Adding, Sheet

_MOVED = 1e-6
# A hidden cell costs almost nothing to move, so that short ways are taken; a cell of a larger area costs more than one of a municipality.
_HIDDEN, _AREA = 0.01, 4.0
# Beyond so many municipalities a part of the country is no quicker than the whole.
_LARGE = 60
NOBODY: NDArray[np.int64] = np.array([], dtype=np.int64)


class Ways:
    """A linear programme of how much each cell grows (first half of its columns) and shrinks (second half), over some municipalities.

    Its units are these municipalities and each set of them that some areas hold; sets that are the same to the programme are one unit.
    Within a part of the country only what leaves every area that holds all of the part as it is.
    """

    def __init__(self, sheet: Sheet, members: NDArray[np.int64]) -> None:
        self.sheet, self.members = sheet, members
        self.is_whole = len(members) == sheet.many
        self.columns = sheet.counts.shape[1]
        inside = sheet.ground.holds[:, members]
        found: dict[bytes, list[int]] = {inside[place].tobytes(): [int(place)] for place in members}
        for area in range(sheet.many, len(inside)):
            if inside[area].any():
                found.setdefault(inside[area].tobytes(), []).append(area)
        self.units = list(found.values())
        self.unit_of = {place: unit for unit, places in enumerate(self.units) for place in places}
        self.sets = [np.frombuffer(key, dtype=bool) for key in found]
        self.flat = np.array([place for places in self.units for place in places])
        self.starts = np.cumsum([0, *(len(places) for places in self.units)])[:-1]
        self.unit_at = np.repeat(np.arange(len(self.units)), [len(places) for places in self.units])
        self.wholes = [unit for unit, inside in enumerate(self.sets) if inside.all()]
        self.size = len(self.units) * self.columns
        self.number: Numbers = np.arange(self.size).reshape(len(self.units), self.columns)
        self.upper = np.concatenate([self._room().ravel(), self._counts().ravel()])
        rows = [*self._sums(), *self._across()]
        self.solver = solver_of(np.zeros(2 * self.size), self.upper, rows, highspy.ObjSense.kMinimize)
        self.indices = np.arange(2 * self.size, dtype=np.int32)

    def _counts(self) -> NDArray[np.float64]:
        """Give the most that each unit can shrink by: what its municipalities have."""
        counts = self.sheet.counts[self.members]
        return np.array([counts[inside].sum(axis=0) for inside in self.sets], dtype=float)

    def _room(self) -> NDArray[np.float64]:
        room = np.maximum(self.sheet.caps[self.members] - self.sheet.counts[self.members], 0)
        return np.array([room[inside].sum(axis=0) for inside in self.sets], dtype=float)

    def _row(self, plus: NDArray[np.int64], minus: NDArray[np.int64], least: float = 0.0, most: float = 0.0) -> Row:
        size = self.size
        places = [*plus, *(minus + size), *(plus + size), *minus]
        return places, [1.0] * (len(plus) + len(minus)) + [-1.0] * (len(plus) + len(minus)), least, most

    def _sums(self) -> list[Row]:
        """A unit that areas are changes by what its municipalities change by."""
        many = len(self.members)
        return [
            self._row(self.number[:many, column][self.sets[unit]], self.number[[unit], column])
            for unit in range(many, len(self.units))
            for column in range(self.columns)
        ]

    def _across(self) -> list[Row]:
        sheet, nothing = self.sheet, np.array([], dtype=np.int64)
        if sheet.adding is Adding.FREE:
            return []
        told = [place for place in range(len(self.members)) if not sheet.withheld[self.members[place]]]
        if sheet.adding is Adding.AT_LEAST:
            over = sheet.counts[self.members].sum(axis=1) - sheet.totals[self.members]
            return [self._row(self.number[place], nothing, -float(over[place]), highspy.kHighsInf) for place in told]
        place_of = {int(one): place for place, one in enumerate(self.members)}
        together = [np.array([place_of[int(one)] for one in group if int(one) in place_of], dtype=np.int64) for group in groups(sheet)]
        rows = [self._row(self.number[place], nothing) for place in told]
        return rows + [self._row(self.number[group].ravel(), nothing) for group in together if len(group)]

    def hide(self, place: int, column: int, by: int, known: NDArray[np.int64]) -> NDArray[np.int64] | None:
        """Hide what lets a cell be `by` more (or less) than it is; cells of those `known` stay as they are.

        Gives the municipalities whose cells move for it, None where it cannot be.
        """
        moved = self._solved(place, column, by, known)
        if moved is None:
            return None
        flat_moved = moved[self.unit_at]
        self.sheet.hidden[self.flat] |= flat_moved & ~self.sheet.locked[self.flat]
        return self.members[moved[: len(self.members)].any(axis=1)]

    def _solved(self, place: int, column: int, by: int, known: NDArray[np.int64]) -> Flags | None:
        size, target = self.size, int(self.number[self.unit_of[place], column])
        told, locked = self._told()
        fixed = locked
        if not self.is_whole:
            fixed[self.wholes] |= told[self.wholes]
        fixed[np.flatnonzero(np.isin(self.members, known))] = True
        upper, lower = self.upper.copy(), np.zeros(2 * size)
        upper[np.concatenate([fixed.ravel()] * 2)] = 0
        forth, back = (target, target + size) if by > 0 else (target + size, target)
        if upper[forth] < abs(by):
            return None
        lower[forth] = upper[forth] = abs(by)
        upper[back] = 0
        self.solver.changeColsBounds(2 * size, self.indices, lower, upper)
        self.solver.changeColsCost(2 * size, self.indices, np.concatenate([self._costs(told)] * 2))
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        moved = np.array(self.solver.getSolution().col_value) > _MOVED
        found: Flags = (moved[:size] | moved[size:]).reshape(self.number.shape)
        return found

    def _told(self) -> tuple[Flags, Flags]:
        """Tell by unit and value whether some place of it is told, and whether one is that was told before and stays so."""
        told = ~self.sheet.hidden[self.flat]
        every = np.logical_or.reduceat(told, self.starts, axis=0)
        return every, np.logical_or.reduceat(told & self.sheet.locked[self.flat], self.starts, axis=0)

    def _costs(self, told: Flags) -> NDArray[np.float64]:
        sheet = self.sheet
        counts: Numbers = sheet.counts[self.flat]
        costs = (1.0 + np.sqrt(counts)) * np.where(self.flat < sheet.many, 1.0, _AREA)[:, None]
        costs[sheet.hidden[self.flat]] = 0.0
        found: NDArray[np.float64] = np.where(told, np.add.reduceat(costs, self.starts, axis=0), _HIDDEN).ravel()
        return found


class Parts:
    """The ways within the areas that a place is in, the smallest first, and within the whole country last; each programme is made once."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.made: dict[bytes, Ways] = {}

    def of(self, place: int) -> Iterator[Ways]:
        """Give the ways to try for a place."""
        ground = self.sheet.ground
        sizes = [one for one in ground.larger[place] if ground.holds[one].sum() <= _LARGE]
        for inside in [*(ground.holds[one] for one in sizes), np.ones(ground.many, dtype=bool)]:
            key = inside.tobytes()
            if key not in self.made:
                self.made[key] = Ways(self.sheet, np.flatnonzero(inside))
            yield self.made[key]

    def hide(self, place: int, column: int, by: int, known: NDArray[np.int64]) -> NDArray[np.int64] | None:
        """Hide as the first of the ways does by which the cell can be so much more (or less); None where there is none."""
        return next((moved for ways in self.of(place) if (moved := ways.hide(place, column, by, known)) is not None), None)
