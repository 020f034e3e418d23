"""What was told and hidden of a closed period before the areas changed: whoever kept those tables has them still."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256

import numpy as np
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.codes.edition import of_edition
from app.reports.areas import Level, area_of
from app.reports.disclosure.control import Before, Block, Counted
from app.reports.disclosure.facts import hidden_flags
from app.reports.disclosure.ground import Flags, Ground, ground_of
from app.reports.models import ReportGround, ReportHidden, ReportPeriod

# Stands between a level and the number of the ground that its areas are of.
THEN = "@"
Areas = Mapping[str, Mapping[str, str]]
# The levels of which something was told, and what was hidden of it, by period and block.
Kept = tuple[frozenset[str], Mapping[tuple[str, Block], set[tuple[str, str, str]]]]


def the_areas(on: date | None = None) -> dict[str, dict[str, str]]:
    """Give the area of each municipality by level, on a day or today; a municipality stands for itself."""
    return {level.value: area_of(level) if level is Level.MUNICIPALITY else area_of(level, on) for level in Level}


@of_edition
def digest_of(on: date) -> str:
    """Give what tells the areas of a day apart from others."""
    return _digest(_text(the_areas(on)))


def is_told_by(areas: str | None, on: date) -> bool:
    """Tell whether a period is protected for the areas of a day; of one closed before that was kept, nothing else is known."""
    return areas is None or areas == digest_of(on)


def stand_on(session: Session, row: ReportPeriod, on: date) -> None:
    """Note that a period is told by the areas of a day from here on."""
    text = _text(the_areas(on))
    digest = _digest(text)
    number = session.scalar(select(ReportGround.number).where(ReportGround.digest == digest))
    if number is None:
        number = (session.scalar(select(func.max(ReportGround.number))) or 0) + 1
        session.add(ReportGround(number=number, digest=digest, areas=text))
    row.grounds, row.areas = " ".join((*(row.grounds or "").split(), str(number))), digest
    session.flush()


def put_by(session: Session, row: ReportPeriod, on: date) -> None:
    """Keep what a period hid of areas that are other ones on a day, under the number of the areas it was hidden in."""
    number, areas = _grounds(session, row)[-1]
    today = the_areas(on)
    for level in Level:
        if areas[level] != today[level]:
            hidden = (ReportHidden.period_id == row.id, ReportHidden.level == level.value)
            session.execute(update(ReportHidden).where(*hidden).values(level=f"{level.value}{THEN}{number}"))


def ground_with(session: Session, row: ReportPeriod, on: date) -> tuple[Ground, frozenset[str]]:
    """Give the ground of the areas of a day and of all that a period was told by before, with the levels it was told of."""
    today, told = the_areas(on), _grounds(session, row)
    after = [areas for _number, areas in told[1:]] + [today]
    former = {
        f"{level}{THEN}{number}": areas[level]
        for (number, areas), following in zip(told, after, strict=True)
        for level in today
        if areas[level] != following[level]
    }
    same = {level for level in today if told[-1][1][level] == today[level]}
    return ground_of({**today, **former}, sorted(area_of(Level.MUNICIPALITY))), frozenset({*same, *former})


def _grounds(session: Session, row: ReportPeriod) -> list[tuple[int, Areas]]:
    """Give the areas that a period was told by, the oldest first."""
    numbers = [int(one) for one in (row.grounds or "").split()]
    found = dict(session.execute(select(ReportGround.number, ReportGround.areas).where(ReportGround.number.in_(numbers))).tuples().all())
    return [(number, json.loads(found[number])) for number in numbers]


def _text(areas: Areas) -> str:
    return json.dumps(areas, sort_keys=True)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def kept_flags(ground: Ground, period_id: str, blocks: Mapping[Block, Counted], kept: Kept) -> dict[Block, Before]:
    """Give what was hidden and told of each block in the places that it was told of."""
    levels, rows = kept
    known = np.zeros(len(ground.holds), dtype=bool)
    known[[place for (level, _area), place in ground.place_of.items() if level in levels]] = True
    found = {}
    for block, counted in blocks.items():
        hidden: Flags = hidden_flags(ground, counted.values, rows.get((period_id, block), set()))
        hidden &= known[:, None]
        found[block] = Before(hidden, known[:, None] & ~hidden, np.zeros_like(hidden))
    return found


def together(one: Mapping[Block, Before], other: Mapping[Block, Before]) -> dict[Block, Before]:
    """Give what either settles; what was told once is told."""
    found = dict(other)
    for block, first in one.items():
        if (second := other.get(block)) is not None:
            locked = first.locked | second.locked
            found[block] = Before((first.hidden | second.hidden) & ~second.locked, locked & ~second.hidden, first.settled)
        else:
            found[block] = first
    return found
