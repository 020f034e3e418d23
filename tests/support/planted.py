"""Facts of reports written by hand: periods that are closed or open, and cells of the municipalities of a test."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from app.access.actor import system_scope
from app.db.base import db
from app.organisations.models import organisation_key
from app.reports.models import ReportFact, ReportHidden, ReportPeriod, ReportRun
from app.reports.periods import period_named

CLOSED, OPEN = ("2025", "2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3"), "2026Q4"
WHEN = datetime(2026, 10, 20, 3, tzinfo=UTC)
# Clients in each municipality and quarter: Vantaa grows, Helsinki and Espoo are like it, Porvoo is of the region, Rovaniemi of the country only.
NUMBERS = {"092": (100, 110, 120, 130, 140, 150), "091": (900,) * 6, "049": (300,) * 6, "638": (40,) * 6, "698": (60,) * 6}


def municipality(code: str) -> str:
    return organisation_key("MUNICIPALITY", code)


def plant(session: Session) -> None:
    """Write I01 of every period: the whole, by gender, and by gender and age; the open quarter has ten more of each. Commits."""
    for name in (*CLOSED, OPEN):
        period = period_named(name)
        session.add(ReportPeriod(id=name, length=period.length, starts_on=period.starts_on, ends_on=period.ends_on, closed_at=WHEN if name != OPEN else None))
    session.flush()
    for code, numbers in NUMBERS.items():
        for name, number in zip((*CLOSED, OPEN), (*numbers, numbers[-1] + 10), strict=True):
            session.add(ReportRun(period_id=name, organisation_id=municipality(code), computed_at=WHEN, persons=number, complete=number - 1))
            session.add_all(
                fact(code, name, number - taken, dimension=dimension, value=value)
                for dimension, value, taken in (("", "", 0), ("GENDER", "2", 7), ("GENDER", "1", number - 7), ("GENDER*AGE_GROUP", "2*18-24", number - 3))
            )
    session.commit()


def fact(code: str, period: str, numerator: int, **more: Any) -> ReportFact:
    """Make a cell of I01 unless `more` says otherwise."""
    values = {"indicator": "I01", "dimension": "", "value": "", "definition": 1, "denominator": 0, "protected": 0, "spread": None, **more}
    return ReportFact(period_id=period, organisation_id=municipality(code), numerator=numerator, **values)


def hide(session: Session, level: str, area: str, period: str, *, dimension: str = "", value: str = "", audience: str = "OFFICIAL") -> None:
    """Hide a cell of I01 from an audience."""
    session.add(ReportHidden(audience=audience, indicator="I01", period_id=period, dimension=dimension, level=level, area=area, value=value))


def plant_in(app: Flask) -> Flask:
    """Plant the facts in an application's database."""
    with app.app_context(), system_scope():
        plant(db.session)
        hide(db.session, "MUNICIPALITY", "638", "2026Q3")
        db.session.commit()
    return app
