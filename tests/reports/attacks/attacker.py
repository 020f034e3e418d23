"""Whoever holds every table an audience can get, of every level, breakdown and closed period, and works out what must follow."""

from __future__ import annotations

from collections.abc import Iterable

import highspy
import numpy as np

from app.reports.areas import Level, area_of
from app.reports.catalogue.all import INDICATORS
from app.reports.dimensions import CROSS
from app.reports.disclosure.programme import Row, solver_of
from app.reports.figures import Figure, Question, Viewer, figures
from tests.reports.attacks.register import DIMENSIONS_USED, QUARTERS, YEAR, Register

# Indicator, period, "n" or "d", municipality, breakdown, value.
Atom = tuple[str, str, str, str, str, str]
# Indicator, period, level, area, breakdown, value.
Place = tuple[str, str, str, str, str, str]
_NEAR = 1e-6


class Attacker:
    """All that is told to a viewer, as sums of numbers by municipality; what is not told is unknown and not below nothing."""

    def __init__(self, register: Register, viewer: Viewer, indicators: Iterable[str], periods: tuple[str, ...] = (*QUARTERS, YEAR)) -> None:
        self.codes = {key: code for key, code in area_of(Level.MUNICIPALITY).items() if key in register.persons}
        self.keys, self.periods, self.indicators = sorted(register.persons), periods, tuple(indicators)
        self.told: dict[Place, Figure] = {}
        self.values: dict[tuple[str, str], set[str]] = {}
        self.steps: dict[Place, int] = {}
        for indicator in self.indicators:
            for dimension in self.dimensions(indicator):
                for level in Level:
                    self._ask(register, viewer, indicator, dimension, level)
        self.atoms: dict[Atom, int] = {}
        self.rows: list[Row] = []
        self._areas()
        self._breakdowns()
        self._wholes()
        self._times()

    def dimensions(self, indicator: str) -> list[str]:
        declared = INDICATORS[indicator]
        known = {"", *declared.dimensions, *(CROSS.join(one) for one in declared.crossings)}
        return [one for one in DIMENSIONS_USED if one in known]

    def _ask(self, register: Register, viewer: Viewer, indicator: str, dimension: str, level: Level) -> None:
        by = tuple(dimension.split(CROSS)) if dimension else ()
        table = figures(register.session, viewer, Question(indicator, level, self.periods, None, by))
        for one in table.figures:
            value = CROSS.join(one.values)
            self.told[(indicator, one.period, level.value, one.area, dimension, value)] = one
            self.values.setdefault((indicator, dimension), set()).add(value)
        self.step = table.rounded_to

    def atom(self, *of: str) -> int:
        return self.atoms.setdefault((of[0], of[1], of[2], of[3], of[4], of[5]), len(self.atoms))

    def _sides(self, indicator: str) -> tuple[str, ...]:
        return ("n", "d") if INDICATORS[indicator].measure == "SHARE" else ("n",)

    def _blocks(self) -> Iterable[tuple[str, str, str, str]]:
        for indicator in self.indicators:
            for period in self.periods:
                for dimension in self.dimensions(indicator):
                    for side in self._sides(indicator):
                        yield indicator, period, side, dimension

    def _areas(self) -> None:
        for indicator, period, side, dimension in self._blocks():
            for level in Level:
                inside: dict[str, list[str]] = {}
                for key in self.keys:
                    if area := area_of(level).get(key):
                        inside.setdefault(area, []).append(key)
                for area, members in inside.items():
                    for value in sorted(self.values.get((indicator, dimension), ())):
                        atoms = [self.atom(indicator, period, side, key, dimension, value) for key in members]
                        self._tell(atoms, self.told.get((indicator, period, level.value, area, dimension, value)), side)

    def _tell(self, atoms: list[int], figure: Figure | None, side: str) -> None:
        if figure is not None and figure.is_hidden:
            return
        number = 0 if figure is None else (figure.numerator if side == "n" else figure.denominator) or 0
        slack = self.step / 2 if self.step > 1 else 0.0
        self.rows.append((atoms, [1.0] * len(atoms), number - slack, number + slack))

    def _breakdowns(self) -> None:
        for indicator, period, side, dimension in self._blocks():
            if not dimension:
                continue
            for key in self.keys:
                for whole, values in self._parts(indicator, dimension):
                    whole_dimension, whole_value = whole
                    parts = [self.atom(indicator, period, side, key, dimension, value) for value in values]
                    target = self.atom(indicator, period, side, key, whole_dimension, whole_value)
                    self.rows.append(([*parts, target], [1.0] * len(parts) + [-1.0], 0.0, 0.0))

    def _parts(self, indicator: str, dimension: str) -> Iterable[tuple[tuple[str, str], list[str]]]:
        values = sorted(self.values.get((indicator, dimension), ()))
        yield ("", ""), values
        if CROSS in dimension:
            for place, one in enumerate(dimension.split(CROSS)):
                for whole in sorted(self.values.get((indicator, one), ())):
                    yield (one, whole), [value for value in values if value.split(CROSS)[place] == whole]

    def _wholes(self) -> None:
        """A share is at most all, the persons with a plan are clients, and those asked about a need are the clients."""
        for (indicator, period, side, key, dimension, value), atom in list(self.atoms.items()):
            if indicator == "I08" and side == "n":
                self._at_most(atom, self.atom(indicator, period, "d", key, dimension, value))
            if indicator == "I02" and "I01" in self.indicators:
                self._at_most(atom, self.atom("I01", period, "n", key, dimension, value))
            if (indicator, side) == ("I08", "d") and "I01" in self.indicators:
                self.rows.append(([atom, self.atom("I01", period, "n", key, dimension, value)], [1.0, -1.0], 0.0, 0.0))

    def _at_most(self, part: int, whole: int) -> None:
        self.rows.append(([whole, part], [1.0, -1.0], 0.0, highspy.kHighsInf))

    def _times(self) -> None:
        """A year is the sum of its quarters, or for a stock the last of them."""
        if YEAR not in self.periods or len(self.periods) == 1:
            return
        for (indicator, period, side, key, dimension, value), atom in list(self.atoms.items()):
            if period == YEAR:
                quarters = QUARTERS if INDICATORS[indicator].kind == "FLOW" else QUARTERS[-1:]
                parts = [self.atom(indicator, quarter, side, key, dimension, value) for quarter in quarters]
                self.rows.append(([atom, *parts], [1.0, *([-1.0] * len(parts))], 0.0, 0.0))

    def know(self, key: str, numbers: dict[Atom, int]) -> None:
        """Know one municipality's own numbers."""
        for atom, place in self.atoms.items():
            if atom[3] == key:
                number = float(numbers.get(atom, 0))
                self.rows.append(([place], [1.0], number, number))

    def unreached(self, wanted: dict[Atom, float], *, is_most: bool) -> list[Atom]:
        """Give those of some numbers of which nothing shows that they could be as much, or as little, as asked.

        One way in which many of them are so at once shows it of all these: few programmes for many numbers, and of what is left each bound by itself.
        The numbers asked are beyond the true ones, so that the truth is among the ways that are looked through.
        """
        sense = highspy.ObjSense.kMaximize if is_most else highspy.ObjSense.kMinimize
        lowest, highest = np.zeros(len(self.atoms)), np.full(len(self.atoms), highspy.kHighsInf)
        for atom, number in wanted.items():
            (highest if is_most else lowest)[self.atoms[atom]] = number
        solver, left = solver_of(lowest, highest, self.rows, sense), dict(wanted)
        while left:
            _solved(solver, len(self.atoms), [self.atoms[atom] for atom in left])
            found = solver.getSolution().col_value
            reached = [atom for atom, number in left.items() if abs(found[self.atoms[atom]] - number) < _NEAR]
            if not reached:
                break
            for atom in reached:
                del left[atom]
        bounds = zip(left.items(), self.bounds((atom,) for atom in left), strict=True)
        return [atom for (atom, number), (low, high) in bounds if (high < number - _NEAR if is_most else low > number + _NEAR)]

    def bounds(self, wanted: Iterable[tuple[Atom, ...]]) -> list[tuple[float, float]]:
        """Give the least and the most the sum of each of some numbers can be."""
        many = len(self.atoms)
        solvers = [
            solver_of(np.zeros(many), np.full(many, highspy.kHighsInf), self.rows, sense)
            for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize)
        ]
        return [(_bound(solvers[0], self.atoms, one), _bound(solvers[1], self.atoms, one)) for one in wanted]


def _solved(solver: highspy.Highs, many: int, places: list[int]) -> bool:
    costs = np.zeros(many)
    costs[places] = 1.0
    solver.changeColsCost(many, np.arange(many, dtype=np.int32), costs)
    solver.run()
    return bool(solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def _bound(solver: highspy.Highs, atoms: dict[Atom, int], wanted: tuple[Atom, ...]) -> float:
    # Without a bound at all: unbounded above.
    is_bound = _solved(solver, len(atoms), [atoms[one] for one in wanted])
    return float(solver.getInfo().objective_function_value) if is_bound else float("inf")
