"""Reads of jobs: of the actor's own organisation, or of all for work without a person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from app.access.actor import current_scope
from app.jobs.models import Job


def visible() -> ColumnElement[bool]:
    """Give the condition of the jobs that may be seen here."""
    scope = current_scope()
    return true() if scope.is_system else Job.org_id == scope.organisation_id


def job(session: Session, job_id: str) -> Job | None:
    """Give a job as it is now."""
    return session.scalar(select(Job).where(Job.id == job_id, visible()).execution_options(populate_existing=True))


def progress_of(session: Session, kind: str, subject_id: str) -> Job | None:
    """Give the newest job of a kind on a row, as it is now, or None."""
    found: Any = select(Job).where(Job.kind == kind, Job.subject_id == subject_id, visible()).order_by(Job.created_at.desc(), Job.id).limit(1)
    return session.scalar(found.execution_options(populate_existing=True))


def newest(session: Session, number: int) -> list[Job]:
    """Give the jobs made last, the newest first."""
    return list(session.scalars(select(Job).where(visible()).order_by(Job.created_at.desc(), Job.id).limit(number)))
