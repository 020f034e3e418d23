"""A snapshot on demand as a job of the system: a step a municipality, so that a worker that is killed loses one."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from app.jobs.actions import start
from app.jobs.kinds import JobFailedError, Progress, Running, register
from app.jobs.models import Job
from app.reports.periods import Period, period_named
from app.reports.snapshot.calculation import Calculation
from app.reports.snapshot.digest import digests
from app.reports.snapshot.run import begin, bring_up, municipalities
from app.reports.snapshot.write import ClosedPeriodError

SNAPSHOT = "reports:snapshot"


def start_snapshot(session: Session, period: Period) -> Job:
    """Ask for the facts of a period; where that is asked already, gives that job. Whoever calls commits. Raises ClosedPeriodError."""
    begin(session, [period])
    return start(session, SNAPSHOT, period.id)


def _step(session: Session, job: Running) -> Progress:
    """Bring up the municipality whose turn it is; one that is done already is found unchanged."""
    keys = municipalities(session)
    if job.done < len(keys):
        key = keys[job.done]
        try:
            bring_up(session, key, [period_named(job.subject_id)], Calculation(session, key, date.today()), digests(session, key).get(key))
        except ClosedPeriodError as closed:
            raise JobFailedError("CLOSED") from closed
    done = min(job.done + 1, len(keys))
    return Progress(done, len(keys), is_finished=done == len(keys))


def register_snapshot() -> None:
    """Make the work known to the runner of jobs."""
    register(SNAPSHOT, _step)
