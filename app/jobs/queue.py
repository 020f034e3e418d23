"""The queue that wakes the workers: only keys of jobs and names of duties go through it, as JSON.

What it loses does no harm: the rows know what is to be done, and the sweep asks them every minute.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from flask import Flask, current_app
from huey import Huey, PriorityRedisHuey, SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer
from sqlalchemy import event
from sqlalchemy.orm import Session

log = structlog.get_logger()
NAME, _TO_WAKE = "koto", "jobs_to_wake"
# The clock and its duties are short and go before jobs: however many jobs wait, letters leave and a worker tells that it lives.
_FIRST = 10


class JsonSerializer(Serializer):
    """Writes messages as JSON: who could write into the queue could make no worker run a program of theirs, as with pickles."""

    def _serialize(self, data: Message) -> bytes:
        eta = data.eta.isoformat() if data.eta else None
        return json.dumps({"id": data.id, "name": data.name, "eta": eta, "args": list(data.args)}).encode()

    def _deserialize(self, data: bytes) -> Message:
        found = json.loads(data)
        eta = datetime.fromisoformat(found["eta"]) if found["eta"] else None
        return Message(id=str(found["id"]), name=str(found["name"]), eta=eta, args=tuple(str(one) for one in found["args"]))


class Queue:
    """One installation's queue; `handlers` are what the worker does with a message, none in a process that serves."""

    def __init__(self, app: Flask) -> None:
        settings = app.config["KOTO"]
        self.handlers: dict[str, Callable[..., None]] = {}
        options: dict[str, Any] = {"results": False, "utc": True, "serializer": JsonSerializer()}
        if settings.redis_url:
            self.huey: Huey = PriorityRedisHuey(NAME, url=settings.redis_url, **options)
        else:
            self.huey = SqliteHuey(NAME, filename=str(Path(settings.instance_dir) / "jobs.db"), **options)
        self.wake_job: Any = self.huey.task(name="job")(lambda key: self.handlers["job"](key))
        self.wake_duty: Any = self.huey.task(name="duty", priority=_FIRST)(lambda name: self.handlers["duty"](name))
        self.huey.periodic_task(lambda _moment: True, name="clock", priority=_FIRST)(lambda: self.handlers["clock"]())


def current_queue() -> Queue:
    """Give the application's queue, made when it is first needed: each process has its own connections."""
    found: Queue | None = current_app.extensions.get("koto_queue")
    if found is None:
        found = current_app.extensions["koto_queue"] = Queue(current_app._get_current_object())  # type: ignore[attr-defined]
    return found


def wake(job_id: str, *, seconds: float = 0) -> None:
    """Let a worker look at a job, now or after a while; a queue that is away is told to the log only, since the sweep finds the job."""
    try:
        task = current_queue().wake_job
        if seconds:
            task.schedule((job_id,), delay=seconds)
        else:
            task(job_id)
    except Exception as fault:
        # Each storage has errors of its own. The row is kept by now: whoever asked for the job shall not be told of a fault.
        log.error("jobs_queue_away", kind=type(fault).__name__)


def wake_after_commit(session: Session, job_id: str) -> None:
    """Let a worker look at a job when this transaction is kept."""
    session.info.setdefault(_TO_WAKE, []).append(job_id)


@event.listens_for(Session, "after_commit")
def _wake(session: Session) -> None:
    if _TO_WAKE in session.info and not session.in_nested_transaction():
        for key in session.info.pop(_TO_WAKE):
            wake(key)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_TO_WAKE, None)
