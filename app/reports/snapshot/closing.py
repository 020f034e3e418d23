"""When a period closes: its facts stay as they are, and the disclosure control decides what of them others may see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.db.types import now
from app.organisations.models import Organisation
from app.organisations.places import is_of_place
from app.reports.disclosure.kept import is_told_by, stand_on
from app.reports.disclosure.publish import publish, publish_anew
from app.reports.models import ReportPeriod, ReportRun
from app.reports.periods import Length, Period, period_named

Publish = Callable[[Session, str], object]
# What is done in the transaction that closes a period.
AT_CLOSING: list[Publish] = [publish]


class NotReadyError(Exception):
    """Raised for a period that has not ended, has an open part, or of which some municipality has no facts as of its last day."""

    def __init__(self, period_id: str, why: str, *, lacks_figures: bool = False) -> None:
        super().__init__(f"period {period_id} cannot be closed: {why}")
        self.lacks_figures = lacks_figures


def ended_open(session: Session, today: date) -> list[Period]:
    """Give the periods that have begun in figures, have ended and are not closed."""
    wanted = select(ReportPeriod.id).where(ReportPeriod.closed_at.is_(None), ReportPeriod.ends_on < today)
    return sorted((period_named(name) for name in session.scalars(wanted)), key=_parts_first)


def _parts_first(period: Period) -> tuple[date, int]:
    """What others may see of a year follows from what they see of its quarters."""
    return period.ends_on, -period.starts_on.toordinal()


def is_due(period: Period, today: date, days: int) -> bool:
    """Tell whether so many days have passed since the period ended."""
    return period.ends_on + timedelta(days=days) <= today


def close_due(session: Session, today: date, days: int) -> tuple[list[str], list[str]]:
    """Close what ended at least so many days ago, and commit each; gives the names of those closed and of those that wait for figures."""
    closed, waiting = [], []
    for period in ended_open(session, today):
        if not is_due(period, today, days):
            continue
        try:
            close(session, period, today)
        except NotReadyError:
            session.rollback()
            waiting.append(period.id)
        else:
            session.commit()
            closed.append(period.id)
    return closed, waiting


def close(session: Session, period: Period, today: date) -> bool:
    """Close a period and publish it; commits nothing. Gives False where it was closed before. Raises NotReadyError."""
    if period.ends_on >= today:
        raise NotReadyError(period.id, "it has not ended")
    # Waits for those who write facts of it, and they for this.
    held = select(ReportPeriod.closed_at).where(ReportPeriod.id == period.id).with_for_update()
    if session.scalar(held) is not None:
        return False
    if missing := _missing(session, period):
        raise NotReadyError(period.id, f"municipalities without figures: {missing}", lacks_figures=True)
    if part := _open_part(session, period):
        raise NotReadyError(period.id, f"{part} is open")
    session.execute(update(ReportPeriod).where(ReportPeriod.id == period.id).values(closed_at=now()))
    for work in AT_CLOSING:
        work(session, period.id)
    return True


def protect_anew(session: Session, today: date) -> list[str]:
    """Protect for the areas of today what is closed and was protected for others, and commit each; gives the names. Facts stay as they are."""
    row, done = ReportPeriod, []
    wanted = select(row.id).where(row.closed_at.is_not(None), row.length != Length.MONTH)
    for period in sorted((period_named(name) for name in session.scalars(wanted)), key=_parts_first):
        found = session.get_one(ReportPeriod, period.id)
        if found.grounds is None and found.closed_at is not None:
            stand_on(session, found, found.closed_at.date())
        if not is_told_by(found.areas, today):
            publish_anew(session, period.id)
            done.append(period.id)
        session.commit()
    return done


def _missing(session: Session, period: Period) -> int:
    """Count the municipalities whose facts are not as of the period's last day."""
    ready = select(ReportRun.organisation_id).where(ReportRun.period_id == period.id, ReportRun.day == period.ends_on)
    wanted = select(func.count()).select_from(Organisation).where(Organisation.kind == "MUNICIPALITY", ~is_of_place(), Organisation.id.not_in(ready))
    return session.scalar(wanted) or 0


def _open_part(session: Session, period: Period) -> str | None:
    """Give a quarter of the year that has figures and is not closed."""
    row = ReportPeriod
    inside = (
        row.length == Length.QUARTER,
        row.starts_on >= period.starts_on,
        row.ends_on <= period.ends_on,
        row.id != period.id,
        row.closed_at.is_(None),
    )
    return session.scalar(select(row.id).where(*inside).order_by(row.id).limit(1))
