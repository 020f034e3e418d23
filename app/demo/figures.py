"""Figures of the demonstration: quarters that have closed, the year before and what runs, so that reports live at once."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.reports.models import ReportPeriod
from app.reports.periods import Length, Period, period_of
from app.reports.snapshot.closing import close
from app.reports.snapshot.run import snapshot

QUARTERS = 5


def load_figures(session: Session, on: date) -> int:
    """Write and close the last quarters and the year before as of a day, write what runs, and commit; gives how many periods were written."""
    quarter, year = (period_of(on, length) for length in (Length.QUARTER, Length.YEAR))
    ended = _before(quarter)
    closed = set(session.scalars(select(ReportPeriod.id).where(ReportPeriod.closed_at.is_not(None))))
    wanted = [period for period in (*ended, year.previous, quarter, year, period_of(on, Length.MONTH)) if period.id not in closed]
    snapshot(session, wanted, on)
    # A year closes after its quarters.
    for period in (*ended, year.previous):
        close(session, period, on)
    session.commit()
    return len(wanted)


def _before(quarter: Period) -> list[Period]:
    found = [quarter]
    while len(found) <= QUARTERS:
        found.insert(0, found[0].previous)
    return found[:-1]
