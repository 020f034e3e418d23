"""Write the facts of one municipality, of one or of several periods together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.db.types import now
from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Indicator
from app.reports.models import ReportFact, ReportPeriod, ReportRun
from app.reports.observation import Cell, Subject
from app.reports.periods import Period
from app.reports.snapshot.calculation import Calculation


class ClosedPeriodError(Exception):
    """Raised for a period whose facts stay as they are."""

    def __init__(self, period_id: str) -> None:
        super().__init__(f"period {period_id} is closed: its figures do not change any more")
        self.period_id = period_id


def begin_period(session: Session, period: Period) -> ReportPeriod:
    """Give the row of a period, made and committed when there is none, whoever else makes it at the same moment."""
    row = session.get(ReportPeriod, period.id)
    if row is None:
        row = ReportPeriod(id=period.id, length=period.length, starts_on=period.starts_on, ends_on=period.ends_on)
        session.add(row)
        try:
            session.commit()
        except IntegrityError:
            session.rollback()
            row = session.get_one(ReportPeriod, period.id)
    return row


def write_facts(session: Session, org_id: str, period: Period, today: date) -> None:
    """Write a municipality's facts of a period in place of those before; commits nothing but the row of a new period. Raises ClosedPeriodError."""
    begin_period(session, period)
    write_all(session, org_id, {period: None}, today)


def write_all(session: Session, org_id: str, bases: Mapping[Period, str | None], today: date) -> None:
    """Write a municipality's facts of periods that have begun, with what each rests on; commits nothing. Raises ClosedPeriodError."""
    calculation = Calculation(session, org_id, today)
    for period, basis in bases.items():
        _hold_open(session, period)
        rows = [row for key, found in calculation.cells_of(period) for row in _rows(INDICATORS[key], org_id, period, found)]
        for model in (ReportFact, ReportRun):
            session.execute(delete(model).where(model.period_id == period.id, model.organisation_id == org_id))
        # SQLite has no lock of a row: here it has that of the file.
        _hold_open(session, period)
        if rows:
            session.execute(insert(ReportFact), rows)
        session.add(_run(org_id, period, calculation.subjects(period), calculation.day(period), basis))
    session.flush()


def _hold_open(session: Session, period: Period) -> None:
    """Keep a period from being closed until the end of the transaction."""
    held = select(ReportPeriod.closed_at).where(ReportPeriod.id == period.id).with_for_update(read=True)
    if session.scalar(held) is not None:
        raise ClosedPeriodError(period.id)


def _rows(indicator: Indicator, org_id: str, period: Period, found: Mapping[tuple[str, str], Cell]) -> Iterable[dict[str, object]]:
    for (dimension, value), cell in sorted(found.items()):
        yield {
            "indicator": indicator.id, "period_id": period.id, "dimension": dimension, "organisation_id": org_id, "value": value,
            "definition": indicator.version, "numerator": cell.numerator, "denominator": cell.denominator, "protected": cell.protected,
            "spread": json.dumps(dict(sorted(cell.spread.items()))) if cell.spread else None,
        }  # fmt: skip


def _run(org_id: str, period: Period, subjects: Mapping[str, Subject], day: date, basis: str | None) -> ReportRun:
    complete = sum(one.is_complete for one in subjects.values())
    return ReportRun(
        period_id=period.id, organisation_id=org_id, computed_at=now(), persons=len(subjects), complete=complete, day=day, basis=basis
    )
