"""Jobs, and when each duty of the clock was done."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Model
from app.db.columns import key_column
from app.db.types import OWN, IdType, UtcDateTime, now

UNFINISHED = ("QUEUED", "RUNNING", "PAUSED")
FINISHED = ("CANCELLED", "FAILED", "DONE")
_IS_UNFINISHED = text("state IN ('QUEUED', 'RUNNING', 'PAUSED')")


class Job(Model):
    """A long piece of work on the row `subject_id`, and how far it has come; it holds no personal data.

    `state` is what is, `wanted` what a person asked for and the next step will heed. `holder` is the worker that has it in
    hand; whoever holds it no more can keep nothing of its step. `attempt` counts failures since the last step that went well.
    """

    __tablename__ = "job"

    id: Mapped[str] = key_column()
    kind: Mapped[str] = mapped_column(String(40), nullable=False, info=OWN)
    subject_id: Mapped[str] = mapped_column(IdType, nullable=False, info=OWN)
    org_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True, info=OWN)
    state: Mapped[str] = mapped_column(String(10), nullable=False, default="QUEUED", info=OWN)
    wanted: Mapped[str] = mapped_column(String(10), nullable=False, default="RUN", info=OWN)
    done: Mapped[int] = mapped_column(Integer, nullable=False, default=0, info=OWN)
    total: Mapped[int | None] = mapped_column(Integer, info=OWN)
    error_code: Mapped[str | None] = mapped_column(String(40), info=OWN)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info=OWN)
    grant_id: Mapped[str | None] = mapped_column(ForeignKey("access_grant.id", ondelete="SET NULL"), info=OWN)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    heartbeat_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    holder: Mapped[str | None] = mapped_column(String(120), info=OWN)
    attempt: Mapped[int] = mapped_column(Integer, nullable=False, default=0, info=OWN)
    version: Mapped[int] = mapped_column(Integer, nullable=False, default=1, info=OWN)

    __table_args__ = (
        # One unfinished job for a row and a kind of work, whoever asks twice.
        Index("uq_job_unfinished", "kind", "subject_id", unique=True, postgresql_where=_IS_UNFINISHED, sqlite_where=_IS_UNFINISHED),
        Index("ix_job_state", "state", "due_at"),
        CheckConstraint("state IN ('QUEUED', 'RUNNING', 'PAUSED', 'CANCELLED', 'FAILED', 'DONE')", name="state"),
        CheckConstraint("wanted IN ('RUN', 'PAUSE', 'CANCEL')", name="wanted"),
    )

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED


class DutyRun(Model):
    """The last run of a duty: the time of the timetable it was for, how long it took, and when it last went well.

    The row `worker` is no duty: in it a worker tells every minute that it lives.
    """

    __tablename__ = "duty_run"

    name: Mapped[str] = mapped_column(String(40), primary_key=True, info=OWN)
    slot_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, info=OWN)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, info=OWN)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    succeeded_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    outcome: Mapped[str | None] = mapped_column(String(10), info=OWN)
    took_ms: Mapped[int | None] = mapped_column(Integer, info=OWN)
