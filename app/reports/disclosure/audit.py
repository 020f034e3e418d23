"""The attacker: the least and the most a hidden cell can be, given everything that is told, by linear programmes."""

from __future__ import annotations

from collections.abc import Iterable

import highspy
import numpy as np
from numpy.typing import NDArray

from app.reports.disclosure.ground import Flags, Numbers
from app.reports.disclosure.programme import Row, solver_of
from app.reports.disclosure.sheet import Adding, Sheet

_ENOUGH = 1e-6


def groups(sheet: Sheet) -> list[NDArray[np.int64]]:
    """Give the municipalities of which nothing is told, those together that are in the same areas of which something is.

    Whoever is in no such area is in no group: how many they are there cannot be known.
    """
    many = sheet.many
    told = ~sheet.withheld
    by_areas: dict[bytes, list[int]] = {}
    for place in np.flatnonzero(sheet.withheld[:many]):
        areas = sheet.ground.holds[many:, place] & told[many:]
        if areas.any():
            by_areas.setdefault(areas.tobytes(), []).append(int(place))
    return [np.array(members) for members in by_areas.values()]


class Attack:
    """What can be worked out of a sheet by one who knows all that is told and, if given, the cells of the municipalities `known`."""

    def __init__(self, sheet: Sheet, known: Flags | None = None) -> None:
        self.sheet = sheet
        unknown = sheet.hidden[: sheet.many].copy()
        if known is not None:
            unknown[known] = False
        self.known = known
        self.place = np.full(unknown.shape, -1, dtype=np.int64)
        self.place[unknown] = np.arange(unknown.sum())
        self.truth = sheet.counts[: sheet.many][unknown]
        self.caps = sheet.caps[unknown]
        self.rows = [*self._columns(), *self._across()]

    def _columns(self) -> Iterable[Row]:
        sheet, many = self.sheet, self.sheet.many
        for column in range(sheet.counts.shape[1]):
            told = many + np.flatnonzero(~sheet.hidden[many:, column])
            inside = self.place[:, column]
            for one in {inside[sheet.ground.holds[area] & (inside >= 0)].tobytes() for area in told}:
                members = np.frombuffer(one, dtype=np.int64)
                if len(members):
                    yield self._fixed(members)

    def _across(self) -> Iterable[Row]:
        sheet = self.sheet
        if not sheet.is_total and sheet.adding is not Adding.FREE:
            for place in np.flatnonzero(~sheet.withheld[: sheet.many]):
                row = self.place[place]
                if (members := row[row >= 0]).size:
                    yield self._fixed(members) if sheet.adding is Adding.EQUAL else self._at_least(int(place), members)
        if not sheet.is_total and sheet.adding is not Adding.EQUAL:
            return
        for group in groups(sheet):
            together = self.place[group].ravel()
            if (members := together[together >= 0]).size:
                yield self._fixed(members)

    def _at_least(self, place: int, members: NDArray[np.int64]) -> Row:
        """Whoever is in none of the values told is in one of the others."""
        told = self.sheet.counts[place].sum() - self.truth[members].sum()
        return members.tolist(), [1.0] * len(members), float(self.sheet.totals[place] - told), highspy.kHighsInf

    def _fixed(self, members: NDArray[np.int64]) -> Row:
        total = float(self.truth[members].sum())
        return members.tolist(), [1.0] * len(members), total, total

    def cells(self) -> list[tuple[int, int]]:
        """Give the sensitive cells to try: with `known` those of other municipalities only."""
        wanted = self.sheet.sensitive & self.sheet.hidden
        if self.known is not None:
            wanted = wanted.copy()
            wanted[self.sheet.many :] = False
            wanted[: self.sheet.many][self.known] = False
        return [(int(place), int(column)) for place, column in np.argwhere(wanted)]

    def found(self) -> list[tuple[int, int, int]]:
        """Give the sensitive cells whose bounds are tighter than they may be, each with how much more (or less) they must be able to be."""
        return self._failing(is_certain=True)

    def doubtful(self) -> list[tuple[int, int, int]]:
        """Give those that are not found to be wide enough together with others; of these most are by themselves."""
        return self._failing(is_certain=False)

    def _failing(self, *, is_certain: bool) -> list[tuple[int, int, int]]:
        cells, sheet = self.cells(), self.sheet
        high, low = (sheet.high, sheet.low) if self.known is None else (sheet.near(sheet.high, 1), sheet.near(sheet.low, -1))
        failed = [(one, wanted) for wanted, sign in ((high, 1), (low, -1)) for one in self._direction(cells, wanted, sign, is_certain=is_certain)]
        return sorted((*one, int(wanted[one] - sheet.counts[one])) for one, wanted in failed)

    def _direction(self, cells: list[tuple[int, int]], wanted: Numbers, sign: int, *, is_certain: bool) -> set[tuple[int, int]]:
        counts = self.sheet.counts
        left = [one for one in cells if sign * int(counts[one]) < sign * int(wanted[one])]
        if not left:
            return set()
        programme = _Programme(self, left, wanted, sign)
        while left:
            reached = programme.reached(left)
            if not reached:
                break
            left = [one for one in left if one not in reached]
        return {one for one in left if not is_certain or one not in programme.reached([one])}

    def members(self, cell: tuple[int, int]) -> tuple[list[int], int]:
        """Give the unknowns in a cell, and how many of it are known."""
        inside = self.place[:, cell[1]]
        found = inside[self.sheet.ground.holds[cell[0]] & (inside >= 0)]
        return found.tolist(), int(self.sheet.counts[cell] - self.truth[found].sum())


class _Programme:
    """A linear programme that takes as many cells as it can as far as they must go at once: most cells need no programme of their own."""

    def __init__(self, attack: Attack, cells: list[tuple[int, int]], wanted: Numbers, sign: int) -> None:
        self.sign, many = sign, len(attack.truth)
        self.aid = {one: many + number for number, one in enumerate(cells)}
        self.wanted = {one: float(wanted[one]) for one in cells}
        rows: list[Row] = list(attack.rows)
        for one, aid in self.aid.items():
            inside, known = attack.members(one)
            # The aid is at most the cell and at most what is wanted of it; for the least, the other way round.
            ends = (-float(known), highspy.kHighsInf) if sign > 0 else (-highspy.kHighsInf, -float(known))
            rows.append(([*inside, aid], [1.0] * len(inside) + [-1.0], *ends))
        lower = np.concatenate([np.zeros(many), [0.0 if sign > 0 else self.wanted[one] for one in cells]])
        upper = np.concatenate([attack.caps.astype(float), [self.wanted[one] if sign > 0 else highspy.kHighsInf for one in cells]])
        self.solver = solver_of(lower, upper, rows, highspy.ObjSense.kMaximize if sign > 0 else highspy.ObjSense.kMinimize)
        self.many = len(lower)

    def reached(self, cells: list[tuple[int, int]]) -> set[tuple[int, int]]:
        """Give those of the cells that one solution takes as far as they must go."""
        costs = np.zeros(self.many)
        costs[[self.aid[one] for one in cells]] = 1.0
        self.solver.changeColsCost(self.many, np.arange(self.many, dtype=np.int32), costs)
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return set()
        values = self.solver.getSolution().col_value
        return {one for one in cells if abs(values[self.aid[one]] - self.wanted[one]) < _ENOUGH}
