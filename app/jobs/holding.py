"""Who has a job in hand. Every change is one statement that asks whether it still is so: of two workers one wins, and none does a step twice."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, null, update
from sqlalchemy.orm import Session

from app.db.types import new_id, now
from app.jobs.kinds import Progress, Running
from app.jobs.models import Job

# How long to wait after each failure of a step; after the last the job is given up.
PAUSES = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2))


# The names under which this process has jobs in hand.
_in_hand: set[str] = set()


class LostError(Exception):
    """Another worker has the job by now: nothing of this step may be kept."""


def new_holder() -> str:
    """Name this process in a way that others of this machine can ask whether it lives."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{new_id()}"


def process_is_gone(pid: int) -> bool:
    """Tell whether no process of this machine has the number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return False


def is_gone(holder: str) -> bool | None:
    """Tell whether the process that holds a job lives no more; None for one of another machine, of which nobody knows."""
    host, pid, _name = holder.rsplit(":", 2) if holder.count(":") >= 2 else ("", "", "")
    if host != socket.gethostname()[:60]:
        return None
    # This process may have had to let go of a job without a database to write it into.
    return holder not in _in_hand if int(pid) == os.getpid() else process_is_gone(int(pid))


@contextmanager
def in_hand(holder: str) -> Iterator[None]:
    """Work on a job under this name for the length of the block."""
    _in_hand.add(holder)
    try:
        yield
    finally:
        _in_hand.discard(holder)


def as_wanted(otherwise: str | ColumnElement[Any]) -> ColumnElement[Any]:
    """Give the state that a person asked for, or `otherwise` where they let it run."""
    return case((Job.wanted == "PAUSE", "PAUSED"), (Job.wanted == "CANCEL", "CANCELLED"), else_=otherwise)


def let_go(state: ColumnElement[Any]) -> dict[str, Any]:
    """Give what is written of a job that comes to `state`: one that is not running has no holder, and one that ended has an end."""
    is_over = state.in_(("DONE", "FAILED", "CANCELLED"))
    return {
        "state": state, "version": Job.version + 1,
        "holder": case((state == "RUNNING", Job.holder), else_=null()),
        "wanted": case((state == "RUNNING", Job.wanted), else_="RUN"),
        "finished_at": case((is_over, literal(now(), Job.finished_at.type)), else_=null()),
    }  # fmt: skip


def take(session: Session, job_id: str) -> Running | None:
    """Take a job that waits and whose time has come; None when it does not wait any more."""
    holder, moment = new_holder(), now()
    taken = (
        update(Job).where(Job.id == job_id, Job.state == "QUEUED", Job.due_at <= moment)
        .values(state="RUNNING", holder=holder, started_at=func.coalesce(Job.started_at, moment), heartbeat_at=moment, version=Job.version + 1)
        .returning(Job.id, Job.kind, Job.subject_id, Job.org_id, Job.created_by, Job.grant_id, Job.done, Job.total)
    )  # fmt: skip
    found = session.execute(taken).mappings().first()
    session.commit()
    return Running(**found, holder=holder) if found else None


def _mine(job: Running) -> ColumnElement[bool]:
    return (Job.id == job.id) & (Job.holder == job.holder) & (Job.state == "RUNNING")


def _settled(session: Session, job: Running, state: ColumnElement[Any], **values: Any) -> Any:
    found = session.execute(update(Job).where(_mine(job)).values(**let_go(state), **values).returning(Job.state, Job.attempt)
                            .execution_options(synchronize_session=False)).first()  # fmt: skip
    if found is None:
        raise LostError
    return found


def advance(session: Session, job: Running, progress: Progress) -> str:
    """Write how far the job has come into the step's own transaction, and give its state. Raises LostError."""
    state = literal("DONE") if progress.is_finished else as_wanted("RUNNING")
    found = _settled(session, job, state, done=progress.done, total=progress.total, heartbeat_at=now(), attempt=0, error_code=None)
    return str(found.state)


def give_back(session: Session, job: Running) -> str:
    """Let any worker go on with the job at once, and commit."""
    found = _settled(session, job, as_wanted("QUEUED"), due_at=now())
    session.commit()
    return str(found.state)


def fail(session: Session, job: Running, code: str, *, is_lasting: bool) -> tuple[str, float]:
    """Put the job back for another try, or end it, and commit; gives its state and the seconds until the next try."""
    moment = now()
    later = case(*((Job.attempt == at, literal(moment + wait, Job.due_at.type)) for at, wait in enumerate(PAUSES)), else_=literal(moment, Job.due_at.type))
    again = literal("FAILED") if is_lasting else as_wanted(case((Job.attempt >= len(PAUSES), "FAILED"), else_="QUEUED"))
    found = _settled(session, job, again, attempt=Job.attempt + 1, error_code=code, due_at=later)
    session.commit()
    return str(found.state), PAUSES[found.attempt - 1].total_seconds() if found.state == "QUEUED" else 0


def take_from_the_lost(session: Session, job: Job, before: datetime) -> bool:
    """Put a job whose worker is gone back into the queue, and commit; one that takes its worker with it each time is given up."""
    state = as_wanted(case((Job.attempt >= len(PAUSES), "FAILED"), else_="QUEUED"))
    lost = (Job.id == job.id) & (Job.holder == job.holder) & (Job.state == "RUNNING") & (Job.heartbeat_at <= before)
    found = session.execute(update(Job).where(lost).values(**let_go(state), attempt=Job.attempt + 1, error_code="WORKER_LOST", due_at=now())
                            .returning(Job.state).execution_options(synchronize_session=False)).first()  # fmt: skip
    session.commit()
    return found is not None and found.state == "QUEUED"
