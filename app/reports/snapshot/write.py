"""Write the facts of some municipalities, of one or of several periods together."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.db.types import now
from app.reports.catalogue.all import INDICATORS
from app.reports.models import ReportFact, ReportPeriod, ReportRun
from app.reports.periods import Period
from app.reports.snapshot.calculation import Calculation

# What the facts of each municipality in each period rest on.
Bases = Mapping[Period, Mapping[str, str | None]]
_COLUMNS = ("indicator", "period_id", "dimension", "organisation_id", "value", "definition", "numerator", "denominator", "protected", "spread")
# Rows that go to the database together.
_AT_ONCE = 5_000


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
    write_all(session, {period: {org_id: None}}, Calculation(session, [org_id], today))


def write_all(session: Session, bases: Bases, calculation: Calculation) -> None:
    """Write the facts of municipalities in periods that have begun; commits nothing. Raises ClosedPeriodError.

    They are counted before anything is held, so that nobody waits for the counting.
    """
    rows = [row for period, of in bases.items() for row in _facts(period, of, calculation)]
    names = [period.id for period in bases]
    hold_open(session, names)
    for period, of in bases.items():
        for model in (ReportFact, ReportRun):
            session.execute(delete(model).where(model.organisation_id.in_(of), model.period_id == period.id))
    # SQLite has no lock of a row: from here on it has that of the file.
    hold_open(session, names)
    for part in (rows[begins : begins + _AT_ONCE] for begins in range(0, len(rows), _AT_ONCE)):
        session.execute(insert(ReportFact), [dict(zip(_COLUMNS, row, strict=True)) for row in part])
    if runs := [run for period, of in bases.items() for run in _runs(period, of, calculation)]:
        session.execute(insert(ReportRun), runs)


def hold_open(session: Session, names: list[str]) -> None:
    """Keep periods from being closed until the end of the transaction. Raises ClosedPeriodError."""
    held = (
        select(ReportPeriod.id, ReportPeriod.closed_at)
        .where(ReportPeriod.id.in_(names))
        .order_by(ReportPeriod.id)
        .with_for_update(read=True)
    )
    if closed := [row.id for row in session.execute(held) if row.closed_at is not None]:
        raise ClosedPeriodError(closed[0])


def _facts(period: Period, of: Mapping[str, str | None], calculation: Calculation) -> Iterator[tuple[object, ...]]:
    for key, org_id, found in calculation.cells_of(period):
        version = INDICATORS[key].version
        for (dimension, value), cell in sorted(found.items()) if org_id in of else ():
            spread = json.dumps(dict(sorted(cell.spread.items()))) if cell.spread else None
            yield key, period.id, dimension, org_id, value, version, cell.numerator, cell.denominator, cell.protected, spread


def _runs(period: Period, of: Mapping[str, str | None], calculation: Calculation) -> Iterator[dict[str, object]]:
    persons, complete = Counter[str](), Counter[str]()
    for one in calculation.subjects(period).values():
        persons[one.org_id] += 1
        complete[one.org_id] += one.is_complete
    for org_id, basis in of.items():
        yield {
            "period_id": period.id, "organisation_id": org_id, "computed_at": now(), "persons": persons[org_id], "complete": complete[org_id],
            "day": calculation.day(period), "basis": basis,
        }  # fmt: skip
