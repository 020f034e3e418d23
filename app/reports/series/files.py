"""The file that a person sent and has not brought in yet, and what is brought already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, undefer

from app.reports.models import ReportSeries
from app.reports.series.models import ReportSeriesFile

# Indicators and periods that a page lists.
MOST_LISTED = 500


class Brought(NamedTuple):
    """Figures of an indicator and a period that came from one source at once."""

    indicator: str
    period: str
    source: str
    brought_in_at: datetime
    figures: int


def keep_file(session: Session, user_id: int, name: str, content: bytes, source: str, **beside: str) -> ReportSeriesFile:
    """Keep a file in place of the person's last one, and commit."""
    session.execute(delete(ReportSeriesFile).where(ReportSeriesFile.user_id == user_id))
    kept = ReportSeriesFile(user_id=user_id, name=name[:200], content=content, source=source.strip(), **beside)
    session.add(kept)
    session.commit()
    return kept


def waiting_of(session: Session, user_id: int) -> ReportSeriesFile | None:
    """Give the file that a person has sent and not brought in, without what it holds."""
    return session.scalar(select(ReportSeriesFile).where(ReportSeriesFile.user_id == user_id))


def file_of(session: Session, user_id: int, key: str) -> ReportSeriesFile | None:
    """Give a file that is the person's own."""
    row = ReportSeriesFile
    return session.scalar(select(row).where(row.id == key, row.user_id == user_id).options(undefer(row.content)))


def brought(session: Session) -> Sequence[Brought]:
    """Give what is brought, the newest first; one statement."""
    row = ReportSeries
    wanted = select(row.indicator, row.period_id, row.source, func.max(row.brought_in_at), func.count()).group_by(row.indicator, row.period_id, row.source)
    found = session.execute(wanted.order_by(func.max(row.brought_in_at).desc(), row.indicator, row.period_id.desc()).limit(MOST_LISTED))
    return [Brought(*one) for one in found.tuples()]
