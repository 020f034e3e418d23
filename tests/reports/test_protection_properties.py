"""Whatever the table, nobody can narrow a hidden small cell more than from one to the limit: bounds by linear programmes of the test's own."""

from __future__ import annotations

from datetime import date

import highspy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.reports.disclosure.ground import Ground, ground_of
from app.reports.disclosure.limits import OFFICIAL, PUBLIC, limits_of
from app.reports.disclosure.programme import Row, solver_of
from app.reports.disclosure.protect import protect
from app.reports.disclosure.sheet import Numbered, Sheet, sheet_of

KEYS = tuple("abcdefgh")
# Two kinds of areas that overlap without one holding the other.
AREAS = {
    "EMPLOYMENT_AREA": dict(zip(KEYS, "11122233", strict=True)), "WELLBEING_COUNTY": dict(zip(KEYS, "44445555", strict=True)),
    "REGION": dict(zip(KEYS, "66666667", strict=True)), "COUNTRY": dict.fromkeys(KEYS, "FI"),
}  # fmt: skip
GROUND = ground_of({"MUNICIPALITY": {key: key for key in KEYS}, **AREAS}, KEYS)
COUNTS = st.lists(st.lists(st.one_of(st.integers(0, 9), st.integers(0, 60)), min_size=3, max_size=3), min_size=8, max_size=8)
SEEN = settings(max_examples=80, deadline=None)


def _bounds(ground: Ground, sheet: Sheet, totals: np.typing.NDArray[np.bool_], place: int, column: int) -> tuple[float, float]:
    """Give the bounds of a cell when cells and totals that are not hidden are told, by place."""
    many, columns = ground.many, sheet.counts.shape[1]
    rows: list[Row] = []
    for area in range(len(ground.holds)):
        inside = np.flatnonzero(ground.holds[area])
        for one in range(columns):
            if not sheet.hidden[area, one]:
                number = float(sheet.counts[area, one])
                rows.append(([int(m) * columns + one for m in inside], [1.0] * len(inside), number, number))
        if not totals[area]:
            number = float(sheet.counts[area].sum())
            every = [int(m) * columns + one for m in inside for one in range(columns)]
            rows.append((every, [1.0] * len(every), number, number))
    ends = []
    for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
        solver = solver_of(np.zeros(many * columns), np.full(many * columns, highspy.kHighsInf), rows, sense)
        costs = np.zeros(many * columns)
        costs[[int(m) * columns + column for m in np.flatnonzero(ground.holds[place])]] = 1.0
        solver.changeColsCost(many * columns, np.arange(many * columns, dtype=np.int32), costs)
        solver.run()
        is_bound = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        ends.append(solver.getInfo().objective_function_value if is_bound else float("inf"))
    return ends[0], ends[1]


@pytest.mark.parametrize("audience", [OFFICIAL, PUBLIC])
@SEEN
@given(counts=COUNTS)
def test_no_bound_of_a_small_cell_is_tighter_than_from_one_to_the_limit(audience: str, counts: list[list[int]]) -> None:
    limits = limits_of(audience, date(2026, 12, 31))
    numbers = np.array(counts, dtype=np.int64)
    nobody = np.zeros_like(numbers)
    whole = sheet_of(GROUND, Numbered(numbers.sum(axis=1, keepdims=True), nobody[:, :1]), limits, is_total=True)
    protect(whole)
    sheet = sheet_of(GROUND, Numbered(numbers, nobody), limits, whole.hidden[:, 0])
    protect(sheet)
    for place, column in np.argwhere((sheet.counts > 0) & (sheet.counts < limits.fewest)):
        assert sheet.hidden[place, column]
        low, high = _bounds(GROUND, sheet, whole.hidden[:, 0], int(place), int(column))
        assert low <= 1 + 1e-6 and high >= limits.fewest - 1e-6, (place, column, low, high)
