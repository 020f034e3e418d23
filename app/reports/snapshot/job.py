"""A snapshot on demand as a job of the system: a step a batch of municipalities, so that a worker that is killed loses one."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from flask import current_app
from sqlalchemy.orm import Session

from app.jobs.actions import start
from app.jobs.kinds import JobFailedError, Progress, Running, register
from app.jobs.models import Job
from app.reports.periods import Period, period_named
from app.reports.snapshot.batches import batches, clients_by_municipality
from app.reports.snapshot.closing import NotReadyError, close, is_due
from app.reports.snapshot.digest import digests
from app.reports.snapshot.run import begin, bring_up, municipalities
from app.reports.snapshot.write import ClosedPeriodError

SNAPSHOT = "reports:snapshot"


def start_snapshot(session: Session, period: Period) -> Job:
    """Ask for the facts of a period; where that is asked already, gives that job. Whoever calls commits. Raises ClosedPeriodError."""
    begin(session, [period])
    return start(session, SNAPSHOT, period.id)


def _step(session: Session, job: Running) -> Progress:
    """Bring up the municipalities whose turn it is, what is done already is found unchanged; last of all close the period if that is due."""
    keys, period = municipalities(session), period_named(job.subject_id)
    if job.done < len(keys):
        batch = next(batches(keys[job.done :], clients_by_municipality(session)))
        _bring_up(session, batch, period)
        return Progress(job.done + len(batch), len(keys) + 1)
    if is_due(period, date.today(), current_app.config["KOTO"].reports_closing_days):
        # What is not ready the night closes.
        with suppress(NotReadyError):
            close(session, period, date.today())
    return Progress(len(keys) + 1, len(keys) + 1, is_finished=True)


def _bring_up(session: Session, batch: list[str], period: Period) -> None:
    try:
        bring_up(session, batch, [period], digests(session, *batch), date.today())
    except ClosedPeriodError as closed:
        raise JobFailedError("CLOSED") from closed


def register_snapshot() -> None:
    """Make the work known to the runner of jobs."""
    register(SNAPSHOT, _step)
