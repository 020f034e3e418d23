"""What is done for figures each night: write what is open, close what is due, check a sample, and look at the quality of the records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.reports.models import ReportPeriod
from app.reports.periods import Length, Period, period_of
from app.reports.quality.fill import count_fills
from app.reports.quality.sanity import run_checks
from app.reports.snapshot.check import check_sample
from app.reports.snapshot.closing import close_due, ended_open, protect_anew
from app.reports.snapshot.run import snapshot

# Municipalities that are computed again and compared.
SAMPLE = 5


def open_periods(session: Session, today: date, days: int) -> list[Period]:
    """Give the month, quarter and year that run, those that ended in the last `days`, and whatever else has figures and is not closed."""
    running = [period_of(today, length) for length in Length]
    ended = {period.previous for period in running if period.previous.ends_on + timedelta(days=days) > today}
    closed = set(session.scalars(select(ReportPeriod.id).where(ReportPeriod.closed_at.is_not(None))))
    return [period for period in sorted({*running, *ended, *ended_open(session, today)}) if period.id not in closed]


def night(session: Session, today: date, days: int) -> Mapping[str, int]:
    """Do it, and commit; `days` after its end a period closes."""
    done = snapshot(session, open_periods(session, today, days), today)
    anew = protect_anew(session, today)
    closed, waiting = close_due(session, today, days)
    checked = check_sample(session, today, SAMPLE)
    broken = run_checks(session, today)
    count_fills(session)
    session.commit()
    return {
        "written": done.written, "unchanged": done.unchanged, "closed": len(closed), "waiting": len(waiting), "anew": len(anew),
        "checked": checked.compared, "differences": len(checked.differences), "broken": broken,
    }  # fmt: skip
