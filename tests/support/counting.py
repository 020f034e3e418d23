"""A kind of job that writes one number a step, and what its tests ask: numbers that are missing or written twice tell of a fault."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import Engine, create_engine, delete, select, text
from sqlalchemy.orm import Session

from app import create_app
from app.db.types import new_id
from app.jobs import actions
from app.jobs.access import as_system
from app.jobs.kinds import JobFailedError, Progress, Running, register
from app.jobs.models import DutyRun, Job
from app.jobs.queue import current_queue
from app.users.acting import actor_of
from app.users.models import AccessGrant
from app.users.queries import grants_in_force
from tests.support.server import ROOT

STEPS = 50
KIND, SLOW, BREAKS, LASTING, LEAD_ONLY = "test:count", "test:slow", "test:breaks", "test:lasting", "test:lead"


def _write(session: Session, job: Running, total: int) -> Progress:
    session.execute(text("INSERT INTO counted (subject_id, number) VALUES (:subject, :number)"), {"subject": job.subject_id, "number": job.done + 1})
    return Progress(job.done + 1, total, job.done + 1 == total)


def _slow(session: Session, job: Running) -> Progress:
    time.sleep(0.03)
    found = _write(session, job, STEPS)
    # Here a kill finds the number written and not kept.
    time.sleep(0.03)
    return found


def _breaks(session: Session, job: Running) -> Progress:
    _write(session, job, STEPS)
    raise ValueError("Aino Virtanen 010190-9008")


def _lasting(session: Session, job: Running) -> Progress:
    _write(session, job, STEPS)
    raise JobFailedError("TOO_MANY_ROWS")


register(KIND, lambda session, job: _write(session, job, 5))
register(SLOW, _slow)
register(BREAKS, _breaks)
register(LASTING, _lasting)
register(LEAD_ONLY, lambda session, job: _write(session, job, 5), needs=("can_export", "ClientView"))


def create() -> Flask:
    """Make the application of a worker that knows these kinds."""
    return create_app()
