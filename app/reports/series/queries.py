"""Figures that were brought in, as the gate to figures gives them.

They are published statistics that their own register has protected, so nothing more is hidden of them here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Measure
from app.reports.models import ReportSeries


class Asked(Protocol):
    """What is asked of a series, as `figures.Question` asks it."""

    @property
    def indicator(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def periods(self) -> tuple[str, ...]: ...
    @property
    def dimension(self) -> str: ...
    @property
    def area(self) -> str | None: ...


@dataclass(frozen=True, kw_only=True)
class SeriesFigure:
    """A cell of another register: `value` is what `values.value_of` gives of our own cells, a share from 0 to 1."""

    area: str
    period: str
    values: tuple[str, ...]
    value: float
    source: str
    brought_in_at: datetime


def series_figures(session: Session, question: Asked) -> list[SeriesFigure]:
    """Give the figures a question asks for, by area, period and value; one statement."""
    return of_question(series_of(session, [question]), question)


def series_of(session: Session, questions: Sequence[Asked]) -> list[ReportSeries]:
    """Read what many questions ask for by one statement, and what of the same areas and periods stands beside it; none without a question."""
    if not questions:
        return []
    row = ReportSeries
    wanted = select(row).where(
        row.indicator.in_({one.indicator for one in questions}), row.period_id.in_({period for one in questions for period in one.periods}),
        row.level.in_({str(one.level) for one in questions}), row.dimension.in_({one.dimension for one in questions}),
    )  # fmt: skip
    return list(session.scalars(wanted.order_by(row.area, row.period_id, row.value)))


def of_question(rows: Sequence[ReportSeries], question: Asked) -> list[SeriesFigure]:
    """Give of the rows those that a question asks for."""
    whole = 100 if INDICATORS[question.indicator].measure is Measure.SHARE else 1
    asked = (question.indicator, question.level, question.dimension)
    return [
        SeriesFigure(area=one.area, period=one.period_id, values=(one.value,) if one.value else (), value=float(Decimal(one.figure) / whole),
                     source=one.source, brought_in_at=one.brought_in_at)
        for one in rows
        if (one.indicator, one.level, one.dimension) == asked and one.period_id in question.periods and question.area in (None, one.area)
    ]  # fmt: skip
