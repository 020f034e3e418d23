"""The closed facts of a period as arrays, and which cells an earlier publication hid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Behind, Indicator, Measure
from app.reports.disclosure.control import Block, Counted
from app.reports.disclosure.ground import Flags, Ground, Numbers
from app.reports.disclosure.limits import wholes
from app.reports.models import ReportFact, ReportHidden

_Cell = tuple[str, str, int, int, int]
# Stands for all values of a breakdown: of that place nothing is told.
EVERY_VALUE = ""


def counted(session: Session, ground: Ground, period_id: str) -> dict[Block, Counted]:
    """Give the blocks of a period; one statement."""
    fact = ReportFact
    wanted = select(fact.indicator, fact.dimension, fact.organisation_id, fact.value, fact.numerator, fact.denominator, fact.protected)
    cells: dict[Block, list[_Cell]] = {}
    known = set(ground.municipalities)
    for indicator, dimension, org, value, numerator, denominator, protected in session.execute(wanted.where(fact.period_id == period_id)):
        # Where nobody stands behind what is counted nothing is hidden.
        if org in known and indicator in INDICATORS and INDICATORS[indicator].behind is not Behind.NOBODY:
            cells.setdefault((indicator, dimension), []).append((org, value, numerator, denominator, protected))
    blocks = {block: _block(ground, cells[block], INDICATORS[block[0]], block[1]) for block in sorted(cells)}
    return {block: _of_whole(block, one, blocks) for block, one in blocks.items()}


def _block(ground: Ground, cells: list[_Cell], indicator: Indicator, dimension: str) -> Counted:
    values = tuple(sorted({cell[1] for cell in cells}))
    column, row = {value: place for place, value in enumerate(values)}, {org: place for place, org in enumerate(ground.municipalities)}
    numbers = np.zeros((3, ground.many, len(values)), dtype=np.int64)
    for org, value, *three in cells:
        numbers[:, row[org], column[value]] = three
    # A numerator above its denominator would be no part of it; then both are plain numbers.
    is_part = indicator.measure is Measure.SHARE and bool((numbers[0] <= numbers[1]).all())
    return Counted(values, numbers[0], numbers[2], numbers[1] if is_part else None, indicator.overlaps.get(dimension))


def _of_whole(block: Block, one: Counted, blocks: Mapping[Block, Counted]) -> Counted:
    other = blocks.get((wholes().get(block[0], ""), block[1]))
    if one.wholes is not None or other is None:
        return one
    whole = aligned(one.values, other.values, other.counts)
    return replace(one, wholes=whole) if (one.counts <= whole).all() else one


def aligned(values: tuple[str, ...], others: tuple[str, ...], numbers: Numbers) -> Numbers:
    """Give the columns of other values in the order of these; none where there is no such."""
    place = {value: number for number, value in enumerate(others)}
    found = np.zeros((len(numbers), len(values)), dtype=numbers.dtype)
    for column, value in enumerate(values):
        if value in place:
            found[:, column] = numbers[:, place[value]]
    return found


def hidden_rows(session: Session, audience: str, period_ids: Iterable[str]) -> dict[tuple[str, Block], set[tuple[str, str, str]]]:
    """Give (level, area, value) of what is hidden from an audience, by period and block."""
    row = ReportHidden
    wanted = select(row.period_id, row.indicator, row.dimension, row.level, row.area, row.value)
    found: dict[tuple[str, Block], set[tuple[str, str, str]]] = {}
    for period, indicator, dimension, *cell in session.execute(wanted.where(row.audience == audience, row.period_id.in_(list(period_ids)))):
        found.setdefault((period, (indicator, dimension)), set()).add((cell[0], cell[1], cell[2]))
    return found


def hidden_flags(ground: Ground, values: tuple[str, ...], rows: Iterable[tuple[str, str, str]]) -> Flags:
    """Give the hidden cells by place and value."""
    column = {value: place for place, value in enumerate(values)}
    flags = np.zeros((len(ground.holds), len(values)), dtype=bool)
    for level, area, value in rows:
        place = ground.place_of.get((level, area))
        if place is None:
            continue
        if value in column:
            flags[place, column[value]] = True
        elif value == EVERY_VALUE:
            flags[place] = True
    return flags
