"""Stands in for jobs until they are there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.db.types import new_id, now


@dataclass
class Job:
    kind: str
    subject_id: str
    org_id: str | None
    id: str = field(default_factory=new_id)
    state: str = "QUEUED"
    wanted: str = "RUN"
    done: int = 0
    total: int | None = None
    error_code: str | None = None
    attempt: int = 0
    created_at: datetime = field(default_factory=now)
    heartbeat_at: datetime | None = None
    started_at: datetime | None = None

    @property
    def is_finished(self) -> bool:
        return self.state in ("CANCELLED", "FAILED", "DONE")


JOBS: list[Job] = []


def start(session: Session, kind: str, subject_id: str, org_id: str | None = None) -> Job:
    found = progress_of(session, kind, subject_id)
    if found is not None and not found.is_finished:
        return found
    JOBS.append(Job(kind, subject_id, org_id))
    return JOBS[-1]


def _set(job_id: str, was: tuple[str, ...], **values: Any) -> bool:
    for job in JOBS:
        if job.id == job_id and job.state in was:
            vars(job).update(values)
            return True
    return False


def pause(session: Session, job_id: str) -> bool:
    return _set(job_id, ("QUEUED",), state="PAUSED") or _set(job_id, ("RUNNING",), wanted="PAUSE")


def resume(session: Session, job_id: str) -> bool:
    return _set(job_id, ("PAUSED",), state="QUEUED") or _set(job_id, ("RUNNING",), wanted="RUN")


def cancel(session: Session, job_id: str) -> bool:
    return _set(job_id, ("QUEUED", "PAUSED"), state="CANCELLED") or _set(job_id, ("RUNNING",), wanted="CANCEL")


def progress_of(session: Session, kind: str, subject_id: str) -> Job | None:
    return next((job for job in reversed(JOBS) if job.kind == kind and job.subject_id == subject_id), None)
