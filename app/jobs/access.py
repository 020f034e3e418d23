"""What the worker works with: the engine of the tables' owner, and the person a job is done for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import current_app, g
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from app.access.actor import Actor, acting_scope, system_scope
from app.access.wall import arm
from app.codes.keeping import keep_up_now
from app.db.base import db
from app.jobs.kinds import JobFailedError, Running, kind_of

# Under this name the wiring tells who acts by a right that is still in force, and what they may.
ACTOR_OF = "koto_actor_of"
ActorOf = Callable[[Session, int, str], tuple[Actor, frozenset[tuple[str, str]]] | None]


def owner_engine() -> Engine:
    """Give the engine of `KOTO_OWNER_DATABASE_URL`, else the application's own: on PostgreSQL a serving role sees no job but its organisation's."""
    settings = current_app.config["KOTO"]
    if not settings.owner_database_url:
        return db.engine
    found: Engine | None = current_app.extensions.get("koto_owner_engine")
    if found is None:
        found = current_app.extensions["koto_owner_engine"] = create_engine(settings.owner_database_url, **settings.engine_options())
    return found


@contextmanager
def as_system() -> Iterator[Session]:
    """Work as the owner over all rows; whoever calls commits."""
    with system_scope(), Session(owner_engine()) as session:
        keep_up_now(session)
        yield session


@contextmanager
def acting_as(job: Running) -> Iterator[Session]:
    """Work as the person who started the job, in a context of its own; the right is read anew each time.

    Raises JobFailedError with RIGHT_ENDED when it is in force no more or does not allow the work any longer.
    """
    with current_app.app_context():  # type: ignore[attr-defined]
        session: Any = db.session
        actor_of: ActorOf = current_app.extensions[ACTOR_OF]
        found = actor_of(session, job.created_by, job.grant_id) if job.created_by and job.grant_id else None
        needs = kind_of(job.kind).needs
        if found is None or found[0].organisation_id != job.org_id or (needs is not None and needs not in found[1]):
            raise JobFailedError("RIGHT_ENDED")
        g.actor, g.permissions = found
        g.language = found[0].language
        with acting_scope(found[0].scope):
            arm(session)
            yield session


@contextmanager
def session_of(job: Running) -> Iterator[Session]:
    """Work as whoever the job belongs to: its person, or the system."""
    with as_system() if job.org_id is None else acting_as(job) as session:
        yield session
