"""Find jobs that nobody works on though somebody should: a worker was killed, or the queue lost its word of them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import structlog
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.db.types import now
from app.jobs.holding import is_gone, take_from_the_lost
from app.jobs.models import FINISHED, Job
from app.jobs.queue import wake
from app.jobs.timetable import HELSINKI

log = structlog.get_logger()
# A worker of another machine is gone when it is silent; one of this machine may be asked, and may take longer over a step.
SILENT, SLOW, UNHEARD = timedelta(seconds=60), timedelta(minutes=10), timedelta(seconds=60)
# What a finished job was of tells itself what became of it; the job is kept as long as somebody may ask how it went.
KEPT_DAYS = 90


def sweep(session: Session, moment: datetime | None = None) -> int:
    """Wake every job that was left behind, and give how many; doing it again does no harm."""
    moment = moment or now()
    woken = 0
    for job in session.scalars(select(Job).where(Job.state == "RUNNING")).all():
        silent_since, gone = job.heartbeat_at or job.created_at, is_gone(job.holder or "")
        if gone or silent_since < moment - (SILENT if gone is None else SLOW):
            if take_from_the_lost(session, job, silent_since):
                wake(job.id)
                woken += 1
            log.warning("job_taken_from_the_lost", id=job.id, kind=job.kind)
    for key in session.scalars(select(Job.id).where(Job.state == "QUEUED", Job.due_at < moment - UNHEARD)).all():
        wake(key)
        woken += 1
    session.rollback()
    return woken


def clear_finished(session: Session, today: date) -> dict[str, int]:
    """Delete the jobs that ended more than `KEPT_DAYS` days ago, and commit."""
    before = datetime.combine(today - timedelta(days=KEPT_DAYS), time(), HELSINKI)
    found = session.execute(delete(Job).where(Job.state.in_(FINISHED), Job.finished_at < before))
    session.commit()
    return {"jobs": found.rowcount}  # type: ignore[attr-defined]
