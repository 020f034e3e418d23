"""Figures of the demonstration: quarters that have closed, the year before and what runs, so that reports live at once."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.reports.models import ReportPeriod
from app.reports.periods import Length, Period, period_of
from app.reports.snapshot.closing import close
from app.reports.snapshot.job import start_snapshot
from app.reports.snapshot.run import snapshot

QUARTERS = 5


def ask_figures(session: Session, on: date) -> int:
    """Let the worker write them, and commit; gives how many periods it was asked for. It closes those that are due."""
    wanted = _open(session, [*_ended(on), *_running(on)])
    for period in wanted:
        start_snapshot(session, period)
        session.commit()
    return len(wanted)


def load_figures(session: Session, on: date) -> int:
    """Write them as of a day and close those that have ended, and commit; gives how many periods were written."""
    ended = _ended(on)
    wanted = _open(session, [*ended, *_running(on)])
    snapshot(session, wanted, on)
    for period in ended:
        close(session, period, on)
        session.commit()
    return len(wanted)


def _ended(on: date) -> list[Period]:
    """Give the last quarters and then the year before, which closes after them."""
    found = [period_of(on, Length.QUARTER)]
    while len(found) <= QUARTERS:
        found.insert(0, found[0].previous)
    return [*found[:-1], period_of(on, Length.YEAR).previous]


def _running(on: date) -> list[Period]:
    return [period_of(on, length) for length in (Length.QUARTER, Length.YEAR, Length.MONTH)]


def _open(session: Session, periods: list[Period]) -> list[Period]:
    closed = set(session.scalars(select(ReportPeriod.id).where(ReportPeriod.closed_at.is_not(None))))
    return [period for period in periods if period.id not in closed]
