"""Making and emptying a place as a job of the system: a trainee may ask for it and could write none of it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.jobs.actions import start
from app.jobs.kinds import JobFailedError, Progress, Running, register
from app.jobs.models import UNFINISHED, Job
from app.training.places.actions import load_place
from app.training.places.models import TrainingPlace

LOAD = "training:load"


def start_loading(session: Session, place: TrainingPlace) -> Job:
    """Let a worker make the place, or empty it and make it anew; where one does so already, give that job. The caller commits."""
    return loading(session, place.id) or start(session, LOAD, place.id)


def loading(session: Session, place_id: str) -> Job | None:
    """Give the job that makes a place just now, if any."""
    return session.scalar(select(Job).where(Job.kind == LOAD, Job.subject_id == place_id, Job.state.in_(UNFINISHED)))


def being_loaded(session: Session, place_ids: Collection[str]) -> set[str]:
    """Give those of the places that a job makes just now."""
    return set(session.scalars(select(Job.subject_id).where(Job.kind == LOAD, Job.subject_id.in_(place_ids), Job.state.in_(UNFINISHED))))


def _step(session: Session, job: Running) -> Progress:
    place = session.get(TrainingPlace, job.subject_id)
    if place is None:
        raise JobFailedError("GONE")
    load_place(session, place, is_told=False)
    return Progress(1, 1, is_finished=True)


def register_loading() -> None:
    """Make the work known to the runner of jobs."""
    register(LOAD, _step)
