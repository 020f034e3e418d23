"""Breakdowns in which one can be in several values add up to nothing, and where nobody stands behind a number none is too small."""

from __future__ import annotations

from datetime import date

import highspy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Behind, Overlap
from app.reports.disclosure.control import Before, Control, Counted
from app.reports.disclosure.limits import OFFICIAL, limits_of
from app.reports.disclosure.programme import Row, solver_of
from tests.reports.test_protection_properties import GROUND

LIMITS = limits_of(OFFICIAL, date(2026, 12, 31))
TOTAL, TYPES = ("I40", ""), ("I40", "SERVICE_TYPE")
# Of each municipality how many there are, and how many of them are in each of three values.
SHARES = st.lists(
    st.tuples(st.integers(0, 40), st.lists(st.floats(0, 1), min_size=3, max_size=3)), min_size=GROUND.many, max_size=GROUND.many
)


def _blocks(found: list[tuple[int, list[float]]], overlap: Overlap) -> dict[tuple[str, str], Counted]:
    totals = np.array([[many] for many, _shares in found], dtype=np.int64)
    counts = np.array([[int(many * share) for share in shares] for many, shares in found], dtype=np.int64)
    if overlap is Overlap.EVERYBODY:
        counts[:, 0] = np.maximum(counts[:, 0], totals[:, 0] - counts[:, 1:].sum(axis=1))
    nobody = np.zeros_like(counts)
    return {
        TOTAL: Counted(("",), totals, nobody[:, :1]),
        TYPES: Counted(("A", "B", "C"), counts, nobody, overlap=overlap),
    }


def _rows(blocks: dict[tuple[str, str], Counted], hidden: dict[tuple[str, str], np.typing.NDArray[np.bool_]], overlap: Overlap) -> list[Row]:
    """Give what is told, over totals (first) and cells by municipality: sums of areas, each cell in its total, and everybody in some cell."""
    many, rows = GROUND.many, list[Row]()
    for block, first in ((TOTAL, 0), (TYPES, many)):
        counts = blocks[block].counts
        for area, column in np.argwhere(~hidden[block]):
            inside = np.flatnonzero(GROUND.holds[area])
            number = float(counts[inside, column].sum())
            rows.append(([first + int(one) * counts.shape[1] + int(column) for one in inside], [1.0] * len(inside), number, number))
    for place in range(many):
        cells = [many + place * 3 + column for column in range(3)]
        rows += [([place, cell], [1.0, -1.0], 0.0, highspy.kHighsInf) for cell in cells]
        if overlap is Overlap.EVERYBODY:
            rows.append(([*cells, place], [1.0, 1.0, 1.0, -1.0], 0.0, highspy.kHighsInf))
    return rows


@pytest.mark.parametrize("overlap", list(Overlap))
@settings(max_examples=25, deadline=None)
@given(found=SHARES)
def test_a_small_cell_of_an_overlapping_breakdown_stays_between_one_and_what_its_whole_allows(
    overlap: Overlap, found: list[tuple[int, list[float]]]
) -> None:
    blocks = _blocks(found, overlap)
    hidden = Control(GROUND, blocks, LIMITS).run()
    rows, counts, many = _rows(blocks, hidden, overlap), blocks[TYPES].counts, GROUND.many
    size = many * 4
    for place, column in np.argwhere((counts > 0) & (counts < LIMITS.fewest)):
        assert hidden[TYPES][place, column]
        ends = []
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            solver = solver_of(np.zeros(size), np.full(size, 1e6), rows, sense)
            solver.changeColCost(many + int(place) * 3 + int(column), 1.0)
            solver.run()
            ends.append(solver.getInfo().objective_function_value)
        # Of a told whole of fewer than the limit nobody is asked to believe more.
        most = LIMITS.fewest if hidden[TOTAL][place, 0] else min(LIMITS.fewest, int(blocks[TOTAL].counts[place, 0]))
        assert ends[0] <= 1 + 1e-6 and ends[1] >= most - 1e-6, (place, column, ends)


def test_every_indicator_declares_who_stands_behind_what_it_counts() -> None:
    assert [one.id for one in INDICATORS.values() if one.behind is None] == []
    assert [one.id for one in INDICATORS.values() if one.behind is Behind.NOBODY] == ["I70", "I74", "I95", "I96", "I98"]


def test_only_breakdowns_of_the_indicator_are_declared_to_overlap() -> None:
    assert [one.id for one in INDICATORS.values() if set(one.overlaps) - set(one.dimensions)] == []
    assert {one.id for one in INDICATORS.values() if one.overlaps} == {
        "I23", "I27", "I32", "I40", "I41", "I44", "I47", "I90", "I92", "I93", "I95", "I98",
    }  # fmt: skip


def test_what_one_indicator_has_told_before_is_not_hidden_again_and_again_for_another_of_the_same_numbers() -> None:
    """A year in which as many were begun as were completed, though not quarter by quarter: its quarters hid the one and told the other."""
    counts = np.full((GROUND.many, 1), 3, dtype=np.int64)
    blocks = {(name, ""): Counted(("",), counts, np.zeros_like(counts)) for name in ("I10", "I11")}
    nothing = np.zeros((len(GROUND.holds), 1), dtype=bool)
    first = nothing.copy()
    first[0] = True
    before = {("I10", ""): Before(first, nothing, first), ("I11", ""): Before(nothing, ~nothing, nothing)}
    hidden = Control(GROUND, blocks, LIMITS, before=before).run()
    assert hidden["I10", ""][0, 0] and not hidden["I11", ""].any()
