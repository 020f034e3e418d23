"""Reads of a trainee's own attempts and certificates; of others an instructor reads how many exercises they have finished."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from app.training.exercises.all import BY_ID
from app.training.exercises.models import TrainingAttempt, TrainingCertificate


def attempts_of(session: Session, user_id: int) -> dict[str, TrainingAttempt]:
    """Give the attempts at the exercises as they are now, by exercise."""
    rows = session.scalars(select(TrainingAttempt).where(TrainingAttempt.user_id == user_id))
    return {row.exercise: row for row in rows if row.exercise in BY_ID and row.version == BY_ID[row.exercise].version}


def finished_by(session: Session, user_ids: Collection[int]) -> dict[int, int]:
    """Count the exercises, as they are now, that each of these people has finished; who has finished none is not there."""
    row, now = TrainingAttempt, tuple_(TrainingAttempt.exercise, TrainingAttempt.version)
    wanted = select(row.user_id, func.count()).where(row.user_id.in_(user_ids), row.finished_at.is_not(None), now.in_([(one.id, one.version) for one in BY_ID.values()]))
    return dict(session.execute(wanted.group_by(row.user_id)).tuples().all())


def attempt_at(session: Session, user_id: int, exercise: str) -> TrainingAttempt | None:
    """Give the attempt at an exercise as it is now."""
    own = select(TrainingAttempt).where(TrainingAttempt.user_id == user_id, TrainingAttempt.exercise == exercise)
    return session.scalar(own.where(TrainingAttempt.version == BY_ID[exercise].version))


def certificates_of(session: Session, user_id: int) -> list[TrainingCertificate]:
    """Give a person's certificates, the newest first."""
    own = select(TrainingCertificate).where(TrainingCertificate.user_id == user_id)
    return list(session.scalars(own.order_by(TrainingCertificate.given_on.desc(), TrainingCertificate.id)))


def own_certificate(session: Session, user_id: int, key: str) -> TrainingCertificate | None:
    """Give a certificate of a person by its key; None for that of another."""
    found = session.get(TrainingCertificate, key)
    return found if found is not None and found.user_id == user_id else None
