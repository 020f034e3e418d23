"""Settle at the closing of a period which of its cells each audience may not see."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.reports.areas import Level, area_of
from app.reports.catalogue.all import INDICATORS
from app.reports.disclosure.control import Block, Control, Counted
from app.reports.disclosure.facts import EVERY_VALUE, counted, hidden_rows
from app.reports.disclosure.ground import Flags, Ground, ground_of
from app.reports.disclosure.kept import THEN, Kept, ground_with, kept_flags, put_by, stand_on, the_areas, together
from app.reports.disclosure.limits import OFFICIAL, PUBLIC, limits_of, wholes
from app.reports.disclosure.time import before
from app.reports.models import ReportHidden, ReportPeriod
from app.reports.periods import Length, Period, period_named, period_of


class PartAfterWholeError(Exception):
    """Raised for a quarter whose year is closed: its cells would follow from the year's."""


def publish(session: Session, period_id: str) -> int:
    """Write which cells of a period are hidden from whom, in place of those before; gives how many and commits nothing.

    Others see no months: their small numbers would hide those of quarters and years. Raises PartAfterWholeError.
    """
    period = period_named(period_id)
    if period.length is Length.MONTH:
        return 0
    _see_order(session, period)
    session.execute(delete(ReportHidden).where(ReportHidden.period_id == period_id))
    row = session.get_one(ReportPeriod, period_id)
    row.grounds = None
    stand_on(session, row, date.today())
    return _write(session, row, the_ground(), {})


def publish_anew(session: Session, period_id: str) -> int:
    """Protect a closed period for the areas of today, as one who kept its earlier tables sees them: what was told or hidden stays so.

    Gives how many cells are hidden; commits nothing.
    """
    row, today = session.get_one(ReportPeriod, period_id), date.today()
    put_by(session, row, today)
    ground, known = ground_with(session, row, today)
    kept = {audience: (known, hidden_rows(session, audience, [period_id])) for audience in (OFFICIAL, PUBLIC)}
    session.execute(delete(ReportHidden).where(ReportHidden.period_id == period_id, ReportHidden.level.not_like(f"%{THEN}%")))
    stand_on(session, row, today)
    return _write(session, row, ground, kept)


def _write(session: Session, row: ReportPeriod, ground: Ground, kept: Mapping[str, Kept]) -> int:
    found = _hidden(session, ground, period_named(row.id), kept)
    rows = [one for audience, (blocks, flags) in found.items() for one in _rows(ground, audience, row.id, blocks, flags)]
    if rows:
        session.execute(insert(ReportHidden), rows)
    row.untold = json.dumps({audience: _untold(blocks, flags) for audience, (blocks, flags) in found.items()})
    session.flush()
    return len(rows)


def _untold(blocks: Mapping[Block, Counted], flags: Mapping[Block, Flags]) -> list[str]:
    return [" ".join(block).strip() for block in sorted(flags) if _is_untold(blocks[block], flags[block])]


def _is_untold(counted: Counted, hidden: Flags) -> bool:
    return bool(hidden.all()) and bool(counted.counts.any())


def untold_of(row: ReportPeriod | None) -> dict[str, list[str]]:
    """Give by audience the breakdowns of a period, as "I02 GENDER", of which nothing can be told to it."""
    found: dict[str, list[str]] = json.loads(row.untold) if row is not None and row.untold else {}
    return found


def the_ground() -> Ground:
    """Give the ground of all municipalities and areas of the reference data."""
    return ground_of(the_areas(), sorted(area_of(Level.MUNICIPALITY)))


def _hidden(session: Session, ground: Ground, period: Period, kept: Mapping[str, Kept]) -> dict[str, tuple[dict[Block, Counted], dict[Block, Flags]]]:
    blocks = counted(session, ground, period.id)
    limits = limits_of(OFFICIAL, period.ends_on)
    earlier = before(session, ground, blocks, quarters, limits.fewest) if (quarters := _quarters(session, period)) else {}
    if OFFICIAL in kept:
        earlier = together(earlier, kept_flags(ground, period.id, blocks, kept[OFFICIAL]))
    official = Control(ground, blocks, limits, before=earlier, contained=_contained(blocks)).run()
    found = {OFFICIAL: (blocks, official)}
    if period.length is Length.YEAR:
        opened = {block: one for block, one in blocks.items() if INDICATORS[block[0]].is_open}
        control = Control(
            ground,
            opened,
            limits_of(PUBLIC, period.ends_on),
            before=kept_flags(ground, period.id, opened, kept[PUBLIC]) if PUBLIC in kept else {},
            contained=_contained(opened),
            hidden={block: official[block] for block in opened},
        )
        found[PUBLIC] = (opened, control.run())
    return found


def _contained(blocks: Mapping[Block, Counted]) -> dict[str, tuple[str, ...]]:
    """Give by an indicator those that tell its whole: by declaration, or since the whole is the very number of another."""
    found: dict[str, set[str]] = {}
    totals = {
        one.counts.tobytes(): indicator
        for (indicator, dimension), one in sorted(blocks.items(), reverse=True)
        if not dimension and one.wholes is None
    }
    for (indicator, dimension), one in blocks.items():
        if not dimension and one.wholes is not None and (other := totals.get(one.wholes.tobytes())):
            found.setdefault(indicator, set()).add(other)
        if wholes().get(indicator) in {key for key, _ in blocks}:
            found.setdefault(indicator, set()).add(wholes()[indicator])
    return {indicator: tuple(sorted(others - {indicator})) for indicator, others in found.items()}


def _quarters(session: Session, period: Period) -> tuple[str, ...]:
    """Give the closed quarters of a year."""
    if period.length is not Length.YEAR:
        return ()
    quarters = tuple(f"{period.id}Q{number}" for number in (1, 2, 3, 4))
    wanted = select(ReportPeriod.id).where(ReportPeriod.id.in_(quarters), ReportPeriod.closed_at.is_not(None)).order_by(ReportPeriod.id)
    return tuple(session.scalars(wanted))


def _see_order(session: Session, period: Period) -> None:
    year = session.get(ReportPeriod, period_of(period.ends_on, Length.YEAR).id)
    if period.length is Length.QUARTER and year is not None and year.closed_at is not None:
        raise PartAfterWholeError(period.id)


def _rows(
    ground: Ground, audience: str, period_id: str, blocks: Mapping[Block, Counted], hidden: Mapping[Block, Flags]
) -> Iterator[dict[str, str]]:
    for (indicator, dimension), flags in sorted(hidden.items()):
        values = blocks[(indicator, dimension)].values
        told = {"audience": audience, "indicator": indicator, "period_id": period_id, "dimension": dimension}
        for (level, area), place in sorted((key, place) for key, place in ground.place_of.items() if THEN not in key[0]):
            row = flags[place]
            chosen = (EVERY_VALUE,) if row.all() else tuple(value for value, is_hidden in zip(values, row, strict=True) if is_hidden)
            yield from ({**told, "level": level, "area": area, "value": value} for value in chosen)
