"""Figures that were brought in, as the gate to figures gives them.

They are published statistics that their own register has protected, so nothing more is hidden of them here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Measure
from app.reports.models import ReportSeries

if TYPE_CHECKING:
    from app.reports.figures import Question


@dataclass(frozen=True, kw_only=True)
class SeriesFigure:
    """A cell of another register: `value` is what `values.value_of` gives of our own cells, a share from 0 to 1."""

    area: str
    period: str
    values: tuple[str, ...]
    value: float
    source: str
    brought_in_at: datetime


def series_figures(session: Session, question: Question) -> list[SeriesFigure]:
    """Give the figures a question asks for, by area, period and value; one statement."""
    row = ReportSeries
    wanted = select(row).where(
        row.indicator == question.indicator,
        row.period_id.in_(question.periods),
        row.level == question.level,
        row.dimension == question.dimension,
    )
    if question.area is not None:
        wanted = wanted.where(row.area == question.area)
    whole = 100 if INDICATORS[question.indicator].measure is Measure.SHARE else 1
    return [
        SeriesFigure(area=one.area, period=one.period_id, values=(one.value,) if one.value else (), value=float(Decimal(one.figure) / whole),
                     source=one.source, brought_in_at=one.brought_in_at)
        for one in session.scalars(wanted.order_by(row.area, row.period_id, row.value))
    ]  # fmt: skip
