"""Making and emptying a place as a job of the system: a trainee may ask for it and could write none of it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.jobs.actions import start
from app.jobs.kinds import JobFailedError, Progress, Running, register
from app.jobs.models import Job
from app.training.places.actions import load_place
from app.training.places.models import TrainingPlace

LOAD = "training:load"


def start_loading(session: Session, place: TrainingPlace) -> Job:
    """Let a worker make the place, or empty it and make it anew; the caller commits."""
    return start(session, LOAD, place.id)


def _step(session: Session, job: Running) -> Progress:
    place = session.get(TrainingPlace, job.subject_id)
    if place is None:
        raise JobFailedError("GONE")
    load_place(session, place)
    return Progress(1, 1, is_finished=True)


def register_loading() -> None:
    """Make the work known to the runner of jobs."""
    register(LOAD, _step)
