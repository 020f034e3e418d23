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
from app.reports.observation import Cell
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
    write_all(session, org_id, {period: None}, Calculation(session, org_id, today))


def write_all(session: Session, org_id: str, bases: Mapping[Period, str | None], calculation: Calculation) -> None:
    """Write a municipality's facts of periods that have begun, with what each rests on; commits nothing. Raises ClosedPeriodError."""
    names = [period.id for period in bases]
    _hold_open(session, names)
    rows = [row for period in bases for key, found in calculation.cells_of(period) for row in _rows(INDICATORS[key], org_id, period, found)]
    for model in (ReportFact, ReportRun):
        session.execute(delete(model).where(model.organisation_id == org_id, model.period_id.in_(names)))
    # SQLite has no lock of a row: from here on it has that of the file.
    _hold_open(session, names)
    if rows:
        session.execute(insert(ReportFact), rows)
    if bases:
        session.execute(insert(ReportRun), [_run(org_id, period, calculation, basis) for period, basis in bases.items()])


def _hold_open(session: Session, names: list[str]) -> None:
    """Keep periods from being closed until the end of the transaction."""
    held = (
        select(ReportPeriod.id, ReportPeriod.closed_at)
        .where(ReportPeriod.id.in_(names))
        .order_by(ReportPeriod.id)
        .with_for_update(read=True)
    )
    if closed := [row.id for row in session.execute(held) if row.closed_at is not None]:
        raise ClosedPeriodError(closed[0])


def _rows(indicator: Indicator, org_id: str, period: Period, found: Mapping[tuple[str, str], Cell]) -> Iterable[dict[str, object]]:
    for (dimension, value), cell in sorted(found.items()):
        yield {
            "indicator": indicator.id, "period_id": period.id, "dimension": dimension, "organisation_id": org_id, "value": value,
            "definition": indicator.version, "numerator": cell.numerator, "denominator": cell.denominator, "protected": cell.protected,
            "spread": json.dumps(dict(sorted(cell.spread.items()))) if cell.spread else None,
        }  # fmt: skip


def _run(org_id: str, period: Period, calculation: Calculation, basis: str | None) -> dict[str, object]:
    subjects = calculation.subjects(period).values()
    return {
        "period_id": period.id, "organisation_id": org_id, "computed_at": now(), "persons": len(subjects),
        "complete": sum(one.is_complete for one in subjects), "day": calculation.day(period), "basis": basis,
    }  # fmt: skip
