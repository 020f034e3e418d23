"""A kind of job that writes one number a step, and what its tests ask: a number that is missing or there twice tells of a fault."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import Flask, g
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from app import create_app
from app.access.actor import acting_scope
from app.access.wall import arm
from app.db.base import db
from app.db.types import new_id
from app.jobs import actions
from app.jobs.access import as_system
from app.jobs.duties import DUTIES
from app.jobs.kinds import JobFailedError, Progress, Running, register
from app.jobs.models import Job
from app.jobs.queries import job as job_now
from app.jobs.runner import run_job
from app.jobs.timetable import Duty, Every
from app.users.acting import actor_of
from app.users.queries import grants_in_force
from tests.support.server import ROOT

FEW, MANY = 5, 50
KIND, SLOW, BREAKS, LASTING, OF_THE_LEAD = "test:count", "test:slow", "test:breaks", "test:lasting", "test:lead"
NAME_IN_A_FAULT = "Aino Virtanen 010190-9008"


def write_number(session: Session, subject: str, number: int) -> None:
    """Write a number, and which process did."""
    row = {"subject": subject, "number": number, "pid": os.getpid()}
    session.execute(text("INSERT INTO counted (subject_id, number, pid) VALUES (:subject, :number, :pid)"), row)


def _write(session: Session, job: Running, total: int) -> Progress:
    write_number(session, job.subject_id, job.done + 1)
    return Progress(job.done + 1, total, job.done + 1 == total)


def _few(session: Session, job: Running) -> Progress:
    return _write(session, job, FEW)


def _slow(session: Session, job: Running) -> Progress:
    found = _write(session, job, MANY)
    # Most kills find a number that is written and not kept.
    time.sleep(0.04)
    return found


def _breaks(session: Session, job: Running) -> Progress:
    _write(session, job, FEW)
    raise ValueError(NAME_IN_A_FAULT)


def _lasting(session: Session, job: Running) -> Progress:
    _write(session, job, FEW)
    raise JobFailedError("TOO_MANY_ROWS")


register(KIND, _few)
register(SLOW, _slow)
register(BREAKS, _breaks)
register(LASTING, _lasting)
register(OF_THE_LEAD, _few, needs=("can_export", "ClientView"))


def _tick(session: Session) -> None:
    write_number(session, "tick", 1)
    time.sleep(0.05)


TICK = Duty("tick", Every(1), _tick)


def create() -> Flask:
    """Make the application of a worker that knows these kinds and, of duties, one of its own only."""
    app = create_app()
    app.extensions[DUTIES] = (TICK,)
    return app


@dataclass
class Counting:
    """An application with the table the steps write into; `env` is what a worker over the same database is started with."""

    app: Flask
    env: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.app.extensions[DUTIES] = (TICK,)
        with self.app.app_context(), as_system() as session:
            session.execute(text("CREATE TABLE counted (subject_id VARCHAR(36) NOT NULL, number INTEGER NOT NULL, pid INTEGER NOT NULL)"))
            if session.get_bind().dialect.name == "postgresql":
                session.execute(text("GRANT SELECT, INSERT ON counted TO koto_app"))
            session.commit()

    @property
    def database(self) -> str:
        """The name of the database on PostgreSQL."""
        return self.env["KOTO_DATABASE_URL"].rsplit("/", 1)[1]

    @contextmanager
    def acting(self, username: str) -> Iterator[Any]:
        """Act as a person of the cast."""
        with self.app.app_context():
            user_id = db.session.scalars(select(User.id).where(User.username == username)).one()
            (grant, *_others) = grants_in_force(db.session, user_id, date.today())
            found = actor_of(db.session, user_id, grant.id)
            assert found is not None
            g.actor, g.permissions = found
            with acting_scope(g.actor.scope):
                arm(db.session)
                yield g.actor

    def start(self, kind: str, username: str | None = None) -> Job:
        """Start a job on a row of its own, as a person or as the system, and give it as it is kept."""
        if username is None:
            with self.app.app_context(), as_system() as session:
                made = actions.start(session, kind, new_id()).id
                session.commit()
            return self.job(made)
        with self.acting(username) as actor:
            made = actions.start(db.session, kind, new_id(), actor.organisation_id).id
            db.session.commit()
        return self.job(made)

    def run(self, job: Job, between: Callable[[int], Any] = lambda _step: None, **options: float) -> Job:
        """Let the runner have the job once, and give it; `between` is called after each step that is not the last, with its number."""
        self.run_only(job, between, **options)
        return self.job(job.id)

    def run_only(self, job: Job, between: Callable[[int], Any] = lambda _step: None, **options: float) -> None:
        steps = iter(range(1, 1000))

        def after_a_step() -> bool:
            return bool(between(next(steps)))

        with self.app.app_context():
            run_job(job.id, is_stopping=after_a_step, **options)

    def ask(self, deed: Callable[[Any, str], bool], job: Job) -> bool:
        """Ask something of a job as the system."""
        with self.app.app_context(), as_system() as session:
            is_done = deed(session, job.id)
            session.commit()
        return is_done

    def job(self, job_id: str) -> Job:
        with self.app.app_context(), as_system() as session:
            found = job_now(session, job_id)
            assert found is not None
            session.expunge(found)
            return found

    def numbers(self, subject: str) -> list[int]:
        """Give what the steps on a row have written and kept."""
        with self.app.app_context(), as_system() as session:
            query = text("SELECT number FROM counted WHERE subject_id = :subject ORDER BY number")
            return list(session.scalars(query, {"subject": subject}))

    def processes(self, subject: str) -> set[int]:
        """Give the processes that wrote the numbers of a row."""
        with self.app.app_context(), as_system() as session:
            return set(session.scalars(text("SELECT pid FROM counted WHERE subject_id = :subject"), {"subject": subject}))

    def change(self, job: Job, **values: Any) -> None:
        """Write into the row of a job past everything."""
        with self.app.app_context(), as_system() as session:
            session.execute(update(Job).where(Job.id == job.id).values(**values))
            session.commit()

    def sql(self, statement: str, **values: Any) -> None:
        with self.app.app_context(), as_system() as session:
            session.execute(text(statement), values)
            session.commit()

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        """A real worker in a process of its own; killed when the block ends."""
        command = [sys.executable, "-m", "flask", "--app", "tests.support.counting:create", "jobs", "work"]
        settings = self.app.config["KOTO"]
        env = {**os.environ, "KOTO_INSTANCE_DIR": str(settings.instance_dir), **self.env}
        process = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL)
        try:
            yield process
        finally:
            process.kill()
            process.wait()
