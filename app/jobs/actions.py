"""What a person asks of jobs: start, pause, go on, cancel. Whoever calls commits; only then does a worker hear of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.access.actor import current_actor
from app.db.types import now
from app.jobs.kinds import JobFailedError, Progress, Running, register
from app.jobs.models import UNFINISHED, Job
from app.jobs.queries import job as job_now
from app.jobs.queries import progress_of, visible
from app.jobs.queue import wake_after_commit

__all__ = ["JobFailedError", "Progress", "Running", "cancel", "pause", "progress_of", "register", "resume", "start"]


def start(session: Session, kind: str, subject_id: str, org_id: str | None = None) -> Job:
    """Begin a job on a row for the person who acts, or for the system when `org_id` is None.

    Where one is unfinished, that one is given. Two who start at the same moment: the later commit raises IntegrityError.
    """
    found = session.scalar(select(Job).where(Job.kind == kind, Job.subject_id == subject_id, Job.state.in_(UNFINISHED), visible()))
    if found is not None:
        return found
    actor = current_actor() if org_id else None
    made = Job(kind=kind, subject_id=subject_id, org_id=org_id, state="QUEUED", created_by=actor and actor.user_id, grant_id=actor and actor.grant_id)
    session.add(made)
    session.flush()
    wake_after_commit(session, made.id)
    return made


def pause(session: Session, job_id: str) -> bool:
    """Ask a job to rest after the step in hand; tells whether it could be asked."""
    if _change(session, job_id, "QUEUED", state="PAUSED", wanted="RUN"):
        return True
    return _change(session, job_id, "RUNNING", wanted="PAUSE")


def resume(session: Session, job_id: str) -> bool:
    """Let a job go on from where it rested, or take back that it shall rest; tells whether it could be."""
    if _change(session, job_id, "PAUSED", state="QUEUED", wanted="RUN", due_at=now(), attempt=0):
        wake_after_commit(session, job_id)
        return True
    return _change(session, job_id, "RUNNING", wanted="RUN")


def cancel(session: Session, job_id: str) -> bool:
    """End a job after the step in hand; what it has done stays. Tells whether it could be asked."""
    if any(_change(session, job_id, was, state="CANCELLED", wanted="RUN", finished_at=now()) for was in ("QUEUED", "PAUSED")):
        return True
    return _change(session, job_id, "RUNNING", wanted="CANCEL")


def _change(session: Session, job_id: str, was: str, **values: Any) -> bool:
    """Change a job that is in the state `was` at this moment, whatever was read before."""
    changed = update(Job).where(Job.id == job_id, Job.state == was, visible()).values(version=Job.version + 1, **values)
    is_done = bool(session.execute(changed.execution_options(synchronize_session=False)).rowcount)  # type: ignore[attr-defined]
    if is_done:
        job_now(session, job_id)
    return is_done
