"""Do a job step by step until it is finished, asked to rest, has had its turn, or the worker shall stop."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.jobs.access import as_system, session_of
from app.jobs.holding import LostError, advance, fail, give_back, in_hand, take
from app.jobs.kinds import JobFailedError, Running, UnknownKindError, kind_of
from app.jobs.queue import current_queue, wake

log = structlog.get_logger()
# After so many seconds a job lets others go first, when there are any.
TURN = 15.0


def run_job(job_id: str, *, is_stopping: Callable[[], bool] = lambda: False, turn: float = TURN) -> None:
    """Do a job that waits, for `turn` seconds when others wait; one that does not wait any more is left alone."""
    with as_system() as session:
        job = take(session, job_id)
    if job is None:
        return
    began = time.monotonic()
    try:
        with in_hand(job.holder):
            state = _steps(job, began + turn, is_stopping)
    except LostError:
        state = "LOST"
    log.info("job", id=job.id, kind=job.kind, state=state, seconds=round(time.monotonic() - began, 3))


def _steps(job: Running, turn_ends: float, is_stopping: Callable[[], bool]) -> str:
    while True:
        try:
            state, job = _step(job)
        except LostError:
            raise
        except Exception as fault:
            # Whatever a step raises is the job's fault and not the worker's, which goes on.
            return _failed(job, fault)
        if state != "RUNNING":
            return state
        if is_stopping() or (time.monotonic() > turn_ends and current_queue().huey.pending_count()):
            return _given_back(job)


def _step(job: Running) -> tuple[str, Running]:
    """Do one step and keep it with its progress; gives the job's state and the job as it is then."""
    with session_of(job) as session:
        try:
            progress = kind_of(job.kind).step(session, job)
            session.flush()
            state = advance(session, job, progress)
            session.commit()
        except BaseException:
            session.rollback()
            raise
    return state, Running(**{**vars(job), "done": progress.done, "total": progress.total})


def _given_back(job: Running) -> str:
    with as_system() as session:
        state = give_back(session, job)
    if state == "QUEUED":
        wake(job.id)
    return state


def _failed(job: Running, fault: Exception) -> str:
    """Try again later or give up. Where the database is away, the row stays as it is and the sweep finds it."""
    log.error("job_step_failed", id=job.id, kind=job.kind, fault=type(fault).__name__, at=_place(fault))
    try:
        with as_system() as session:
            state, seconds = fail(session, job, code_of(fault), is_lasting=isinstance(fault, JobFailedError))
    except SQLAlchemyError as another:
        log.error("job_left_behind", id=job.id, fault=type(another).__name__)
        return "RUNNING"
    if state == "QUEUED":
        wake(job.id, seconds=seconds)
    return state


def code_of(fault: Exception) -> str:
    """Give the short key of a fault; its text may hold data and is told nowhere."""
    if isinstance(fault, JobFailedError):
        return fault.code
    if isinstance(fault, UnknownKindError):
        return "UNKNOWN_KIND"
    return "DATABASE" if isinstance(fault, SQLAlchemyError) else "STEP_FAILED"


def _place(fault: Exception) -> str:
    """Give the file and line where a fault arose."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
