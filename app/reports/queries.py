"""Which periods a viewer can choose."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.reports.figures import OWN_MUNICIPALITY, Viewer, own_area
from app.reports.models import ReportPeriod
from app.reports.periods import Length, Period, period_of


def periods_for(session: Session, viewer: Viewer) -> list[tuple[Period, bool]]:
    """Give the periods that have figures for a viewer and whether each is closed, the latest first; open ones to a municipality's own people."""
    row = ReportPeriod
    sees_open = viewer.audience in OWN_MUNICIPALITY and own_area(viewer) is not None
    found = session.execute(
        select(row.starts_on, row.ends_on, row.length, row.closed_at).order_by(row.ends_on.desc(), row.starts_on.desc())
    )
    return [
        (Period(starts_on, ends_on, Length(length)), closed_at is not None)
        for starts_on, ends_on, length, closed_at in found
        if closed_at is not None or sees_open
    ]


def latest_of(found: list[tuple[Period, bool]], length: Length, today: date) -> Period:
    """Give the latest closed period of a length, else the latest open one, else the last that is over."""
    closed = [period for period, is_closed in found if is_closed and period.length is length]
    any_of = [period for period, _is_closed in found if period.length is length]
    return next(iter([*closed, *any_of]), period_of(today, length).previous)
