"""Figures for tests: tables as the gate would give them, and closed periods with facts of our own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlalchemy import delete

from app.access.actor import system_scope
from app.db.base import db
from app.organisations.models import organisation_key
from app.reports.areas import Level
from app.reports.catalogue.indicator import Indicator, Kind, Measure, audiences
from app.reports.figures import Figure, Question, Table
from app.reports.models import ReportFact, ReportHidden, ReportPeriod, ReportRun
from app.reports.periods import period_named

CUT_OFF = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)


def indicator_of(measure: Measure = Measure.COUNT, **values: Any) -> Indicator:
    """Give an indicator whose texts are those of I01."""
    said = {
        "kind": Kind.STOCK,
        "dimensions": ("GENDER", "AGE_GROUP"),
        "audiences": audiences(1, 8),
        "basis": "681/2023 § 72.1",
        "unit": "DAYS",
    }
    return Indicator(id="I01", measure=measure, **{**said, **values})


def table_of(figures: Iterable[Figure], *, measure: Measure = Measure.COUNT, by: tuple[str, ...] = (), periods: tuple[str, ...] = ("2026Q3",),
             open_periods: Iterable[str] = (), area: str | None = None) -> Table:  # fmt: skip
    """Give a table of municipalities."""
    question = Question("I01", Level.MUNICIPALITY, periods, area, by)
    return Table(
        question=question,
        indicator=indicator_of(measure),
        figures=tuple(figures),
        cut_off=CUT_OFF,
        completeness=0.875,
        open_periods=frozenset(open_periods),
    )


def figure_of(
    area: str, period: str, *values: str, number: int | None = None, of: int | None = None,
    median: int | None = None, ninth: int | None = None, mean: float | None = None,
) -> Figure:  # fmt: skip
    """Give a figure; without a number one that is hidden."""
    if number is None:
        return Figure(area=area, period=period, values=values, is_hidden=True)
    return Figure(area=area, period=period, values=values, numerator=number, denominator=of, median=median, ninth=ninth, mean=mean)


def keep_facts(app: Flask, indicator: str, period: str, facts: dict[tuple[str, str, str], int], *, closed: bool = True,
               hidden: Iterable[tuple[str, str, str, str, str]] = ()) -> None:  # fmt: skip
    """Put a period's facts of an indicator by (municipality, breakdown, value) in place of what it had; `hidden` are (audience, level, area, breakdown, value)."""
    named = period_named(period)
    with app.app_context(), system_scope():
        for model in (ReportHidden, ReportFact, ReportRun):
            db.session.execute(delete(model).where(model.period_id == period))
        db.session.execute(delete(ReportPeriod).where(ReportPeriod.id == period))
        db.session.add(
            ReportPeriod(
                id=period, length=named.length, starts_on=named.starts_on, ends_on=named.ends_on, closed_at=CUT_OFF if closed else None
            )
        )
        db.session.flush()
        for code in {code for code, _by, _value in facts}:
            db.session.add(
                ReportRun(
                    period_id=period, organisation_id=organisation_key("MUNICIPALITY", code), computed_at=CUT_OFF, persons=8, complete=7
                )
            )
        for (code, by, value), number in facts.items():
            db.session.add(ReportFact(indicator=indicator, period_id=period, dimension=by, organisation_id=organisation_key("MUNICIPALITY", code), value=value,
                                      definition=1, numerator=number, denominator=0, protected=0, spread=json.dumps({}) if number < 0 else None))  # fmt: skip
        for audience, level, area, by, value in hidden:
            db.session.add(
                ReportHidden(audience=audience, indicator=indicator, period_id=period, dimension=by, level=level, area=area, value=value)
            )
        db.session.commit()
