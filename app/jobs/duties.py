"""Do the duties of the clock, each once for its time however many nodes there are: the row of a duty is its lock."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import structlog
from flask import current_app
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.db.types import now
from app.jobs.access import as_system
from app.jobs.models import DutyRun
from app.jobs.timetable import Duty

log = structlog.get_logger()
# Under this name the wiring gives the duties; the features that do them stand above.
DUTIES, WORKER = "koto_duties", "worker"
# A duty that failed is tried again after so long, unless its next time comes first.
AGAIN = timedelta(minutes=15)


def duties() -> dict[str, Duty]:
    """Give the duties of this installation by name."""
    return {duty.name: duty for duty in current_app.extensions.get(DUTIES, ())}


def due_duties(session: Session, moment: datetime) -> list[str]:
    """Give the names of duties that no worker has taken for their latest time."""
    known = {row.name: row for row in session.scalars(select(DutyRun))}
    return [name for name, duty in duties().items() if name not in known or _is_due(duty, known[name], moment)]


def _is_due(duty: Duty, row: DutyRun, moment: datetime) -> bool:
    if row.finished_at is None:
        return row.started_at < moment - duty.when.longest
    return row.slot_at < duty.when.latest(moment) or (row.outcome == "FAILED" and row.finished_at < moment - AGAIN)


def claim(session: Session, duty: Duty, moment: datetime) -> bool:
    """Take a duty for its latest time, and commit; false where another worker has it or has done it."""
    _begin(session, duty, moment)
    slot = duty.when.latest(moment)
    is_idle, is_lost = DutyRun.finished_at.is_not(None), DutyRun.finished_at.is_(None) & (DutyRun.started_at < moment - duty.when.longest)
    is_again = (DutyRun.outcome == "FAILED") & (DutyRun.finished_at < moment - AGAIN)
    taken = update(DutyRun).where(DutyRun.name == duty.name, (is_idle & (DutyRun.slot_at < slot)) | is_lost | is_again)
    found = session.execute(taken.values(slot_at=slot, started_at=moment, finished_at=None).execution_options(synchronize_session=False))
    session.commit()
    return bool(found.rowcount)  # type: ignore[attr-defined]


def _begin(session: Session, duty: Duty, moment: datetime) -> None:
    """Make the row of a duty that was never done."""
    if session.get(DutyRun, duty.name) is not None:
        return
    try:
        session.execute(insert(DutyRun).values(name=duty.name, slot_at=duty.when.first(moment), started_at=moment, finished_at=moment))
        session.commit()
    except IntegrityError:
        # Another worker was quicker.
        session.rollback()


def do_duty(name: str, moment: datetime | None = None) -> None:
    """Do a duty if its time has come and nobody has; one line of the log tells of each run."""
    duty, moment = duties().get(name), moment or now()
    if duty is None:
        return
    with as_system() as session:
        if not claim(session, duty, moment):
            return
        began, outcome, told = time.monotonic(), "OK", None
        try:
            told = duty.work(session)
            session.commit()
        except (Exception, SystemExit) as fault:
            # Whatever a duty raises must not take the worker with it.
            session.rollback()
            outcome, told = "FAILED", type(fault).__name__
        took = round((time.monotonic() - began) * 1000)
        log.info("duty", name=name, outcome=outcome, ms=took, told=told)
        _finish(session, name, outcome, took)


def _finish(session: Session, name: str, outcome: str, took: int) -> None:
    done = {"finished_at": now(), "outcome": outcome, "took_ms": took} | ({"succeeded_at": now()} if outcome == "OK" else {})
    session.execute(update(DutyRun).where(DutyRun.name == name).values(**done).execution_options(synchronize_session=False))
    session.commit()


def report(session: Session, moment: datetime) -> None:
    """Write down that a worker lives, and commit."""
    told = {"slot_at": moment, "finished_at": moment, "succeeded_at": moment, "outcome": "OK"}
    if not session.execute(update(DutyRun).where(DutyRun.name == WORKER).values(**told).execution_options(synchronize_session=False)).rowcount:  # type: ignore[attr-defined]
        try:
            session.execute(insert(DutyRun).values(name=WORKER, started_at=moment, **told))
        except IntegrityError:
            session.rollback()
    session.commit()
