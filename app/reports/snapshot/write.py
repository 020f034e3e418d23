"""Write the facts of one municipality in one period."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from app.db.types import now
from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Indicator
from app.reports.computing.all import COMPUTATIONS
from app.reports.computing.question import Question
from app.reports.models import ReportFact, ReportPeriod, ReportRun
from app.reports.observation import Cell, Subject, cells
from app.reports.periods import Period
from app.reports.subjects import subjects_of


class ClosedPeriodError(Exception):
    """Raised for a period whose facts stay as they are."""


def begin_period(session: Session, period: Period) -> ReportPeriod:
    """Give the row of a period, made when there is none."""
    row = session.get(ReportPeriod, period.id)
    if row is None:
        row = ReportPeriod(id=period.id, length=period.length, starts_on=period.starts_on, ends_on=period.ends_on)
        session.add(row)
        session.flush()
    return row


def write_facts(session: Session, org_id: str, period: Period, today: date) -> None:
    """Write a municipality's facts of a period in place of those before; commits nothing. Raises ClosedPeriodError."""
    if begin_period(session, period).closed_at is not None:
        raise ClosedPeriodError(period.id)
    for model in (ReportFact, ReportRun):
        session.execute(delete(model).where(model.period_id == period.id, model.organisation_id == org_id))
    day = min(period.ends_on, today)
    subjects = subjects_of(session, org_id, day)
    asked = Question(session, org_id, period, day, subjects)
    rows = [row for key, compute in COMPUTATIONS.items() for row in _rows(INDICATORS[key], asked, cells(INDICATORS[key], compute(asked)))]
    if rows:
        session.execute(insert(ReportFact), rows)
    session.add(_run(org_id, period, subjects))
    session.flush()


def _rows(indicator: Indicator, asked: Question, found: Mapping[tuple[str, str], Cell]) -> list[dict[str, object]]:
    return [
        {
            "indicator": indicator.id, "period_id": asked.period.id, "dimension": dimension, "organisation_id": asked.org_id, "value": value,
            "definition": indicator.version, "numerator": cell.numerator, "denominator": cell.denominator, "protected": cell.protected,
            "spread": json.dumps(dict(sorted(cell.spread.items()))) if cell.spread else None,
        }
        for (dimension, value), cell in found.items()
    ]  # fmt: skip


def _run(org_id: str, period: Period, subjects: Mapping[str, Subject]) -> ReportRun:
    complete = sum(one.is_complete for one in subjects.values())
    return ReportRun(period_id=period.id, organisation_id=org_id, computed_at=now(), persons=len(subjects), complete=complete)
