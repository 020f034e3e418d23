"""Whether the facts kept are those the records give: a sample is computed again and compared, cell by cell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import SystemRandom

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.reports.computing.all import COMPUTATIONS
from app.reports.models import ReportFact, ReportPeriod, ReportRun
from app.reports.observation import Cell
from app.reports.periods import Period, period_named
from app.reports.snapshot.calculation import Calculation
from app.reports.snapshot.digest import digests
from app.reports.snapshot.run import basis_of

log = structlog.get_logger()
_Numbers = tuple[int, int, int, dict[str, int]]


@dataclass(frozen=True, order=True)
class Difference:
    """An indicator of a municipality in a period whose facts are not what its records give, and how many of its cells."""

    period_id: str
    organisation_id: str
    indicator: str
    cells: int


@dataclass(frozen=True)
class Checked:
    """How many indicators were compared, those that differ, and how many runs wait for the next snapshot since their records have changed."""

    compared: int
    differences: tuple[Difference, ...]
    passed_over: int


def check_sample(session: Session, today: date, municipalities: int | None) -> Checked:
    """Compare the open periods of so many municipalities drawn by lot, or of all, and log what differs; writes nothing."""
    wanted = (
        select(ReportRun)
        .join(ReportPeriod, ReportPeriod.id == ReportRun.period_id)
        .where(ReportPeriod.closed_at.is_(None), ReportRun.persons > 0)
    )
    runs = list(session.scalars(wanted.order_by(ReportRun.organisation_id, ReportRun.period_id)))
    keys = sorted({run.organisation_id for run in runs})
    if municipalities is not None and len(keys) > municipalities:
        keys = SystemRandom().sample(keys, municipalities)
    compared, passed_over, found = 0, 0, list[Difference]()
    for key in keys:
        records, calculations = digests(session, key).get(key), dict[date, Calculation]()
        for run in (run for run in runs if run.organisation_id == key):
            if run.day is None or run.basis != basis_of(records, run.day):
                passed_over += 1
                continue
            compared += len(COMPUTATIONS)
            calculation = calculations.setdefault(run.day, Calculation(session, [key], run.day))
            found += _differences(session, key, period_named(run.period_id), calculation)
    for one in sorted(found):
        log.error("report_difference", period=one.period_id, organisation_id=one.organisation_id, indicator=one.indicator, cells=one.cells)
    return Checked(compared, tuple(sorted(found)), passed_over)


def _differences(session: Session, org_id: str, period: Period, calculation: Calculation) -> list[Difference]:
    stored, found = _stored(session, org_id, period), []
    counted = {key: cells for key, _org, cells in calculation.cells_of(period)}
    for key in sorted(counted.keys() | stored.keys()):
        new = {place: _numbers(cell) for place, cell in counted.get(key, {}).items()}
        old = stored.get(key, {})
        if differ := sum(new.get(place) != old.get(place) for place in new.keys() | old.keys()):
            found.append(Difference(period.id, org_id, key, differ))
    return found


def _stored(session: Session, org_id: str, period: Period) -> Mapping[str, dict[tuple[str, str], _Numbers]]:
    fact, made = ReportFact, dict[str, dict[tuple[str, str], _Numbers]]()
    wanted = select(fact.indicator, fact.dimension, fact.value, fact.numerator, fact.denominator, fact.protected, fact.spread)
    for row in session.execute(wanted.where(fact.period_id == period.id, fact.organisation_id == org_id)):
        spread = json.loads(row.spread) if row.spread else {}
        made.setdefault(row.indicator, {})[row.dimension, row.value] = row.numerator, row.denominator, row.protected, spread
    return made


def _numbers(cell: Cell) -> _Numbers:
    return cell.numerator, cell.denominator, cell.protected, {str(amount): times for amount, times in cell.spread.items()}
