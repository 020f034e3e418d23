"""A trainee's attempts and certificates."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Model
from app.db.columns import code_column, date_column, key_column, text_column
from app.db.types import OWN, Sensitivity, UtcDateTime, now

_INTERNAL = Sensitivity.INTERNAL


def _of_person() -> Mapped[int]:
    return mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), nullable=False, info=OWN)


class TrainingAttempt(Model):
    """An exercise begun: what is done from `started_at` on counts. `version` is of the exercise, which is asked anew when it changes."""

    __tablename__ = "training_attempt"
    __table_args__ = (UniqueConstraint("user_id", "exercise", "version"),)

    id: Mapped[str] = key_column()
    user_id: Mapped[int] = _of_person()
    # The municipality of the place where it was begun; its county follows from it.
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, index=True, info=OWN)
    exercise: Mapped[str] = mapped_column(String(8), nullable=False, info=OWN)
    version: Mapped[str] = mapped_column(String(16), nullable=False, info=OWN)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)


class TrainingCertificate(Model):
    """That a person has finished all exercises of a path as they stood (`version`); `code` proves it elsewhere."""

    __tablename__ = "training_certificate"
    __table_args__ = (UniqueConstraint("user_id", "path", "version"),)

    id: Mapped[str] = key_column()
    user_id: Mapped[int] = _of_person()
    path: Mapped[str] = code_column("TRAINING_PATH", "own", _INTERNAL)
    version: Mapped[str] = mapped_column(String(16), nullable=False, info=OWN)
    given_on: Mapped[date] = date_column("own", _INTERNAL, nullable=False)
    code: Mapped[str] = text_column(200, "own", _INTERNAL, nullable=False)
