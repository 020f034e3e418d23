"""Applications for a right, and what has happened to applications and rights."""

from __future__ import annotations

from datetime import date, datetime

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Model
from app.db.columns import code_column, date_column, key_column, text_column
from app.db.types import OWN, EncryptedText, Sensitivity, UtcDateTime, now
from app.organisations.models import Organisation
from app.web.language import current_language

_INTERNAL = Sensitivity.INTERNAL


class RightApplication(Model):
    """A wish for a right, decided by `grantor_id`; the grant that came of it is found by its `application_id`. Basis: §§ 79.2, 80."""

    __tablename__ = "right_application"
    __table_args__ = (Index("ix_right_application_grantor_id_state", "grantor_id", "state"),)

    id: Mapped[str] = key_column()
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), nullable=False, index=True, info=OWN)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, info=OWN)
    grantor_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, info=OWN)
    role: Mapped[str] = code_column("ROLE", "own", _INTERNAL)
    task: Mapped[str] = text_column(300, "own", _INTERNAL, nullable=False)
    basis: Mapped[str] = code_column("GRANT_BASIS", "own", _INTERNAL)
    reason: Mapped[str | None] = text_column(1000, "own", _INTERNAL)
    valid_from: Mapped[date] = date_column("own", _INTERNAL, nullable=False)
    valid_to: Mapped[date] = date_column("own", _INTERNAL, nullable=False)
    email: Mapped[str | None] = mapped_column(EncryptedText, info=OWN)
    language: Mapped[str] = mapped_column(String(2), nullable=False, info=OWN)
    # Acting under official liability (§ 96) was declared when the application was sent; without it none is taken. The training environment asks neither.
    training_done_on: Mapped[date | None] = date_column("own", _INTERNAL)
    # What a certificate of training said that was verified when the application was sent.
    training_path: Mapped[str | None] = code_column("TRAINING_PATH", "own", _INTERNAL, nullable=True)
    trained_on: Mapped[date | None] = date_column("own", _INTERNAL)
    state: Mapped[str] = code_column("APPLICATION_STATE", "own", _INTERNAL, default="SENT")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info=OWN)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    decision_reason: Mapped[str | None] = text_column(500, "own", _INTERNAL)
    applied_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)
    version: Mapped[int] = mapped_column(Integer, nullable=False, default=1, info=OWN)

    user: Mapped[User] = relationship(User, foreign_keys=[user_id], lazy="joined", innerjoin=True)
    decider_user: Mapped[User | None] = relationship(User, foreign_keys=[decided_by], lazy="joined")
    organisation: Mapped[Organisation] = relationship(Organisation, foreign_keys=[organisation_id], lazy="joined", innerjoin=True)

    # Two administrators who decide at once: the later one is told.
    __mapper_args__ = {"version_id_col": version}

    @property
    def person(self) -> str:
        return f"{self.user.last_name}, {self.user.first_name}"

    @property
    def decider(self) -> str | None:
        return self.decider_user and f"{self.decider_user.first_name} {self.decider_user.last_name}"

    @property
    def organisation_name(self) -> str:
        return self.organisation.name_in(current_language())


class RightEvent(Model):
    """What happened to an application or a right, when and by whom; rows are only ever added."""

    __tablename__ = "right_event"

    id: Mapped[str] = key_column()
    application_id: Mapped[str | None] = mapped_column(ForeignKey("right_application.id"), index=True, info=OWN)
    grant_id: Mapped[str | None] = mapped_column(ForeignKey("access_grant.id"), index=True, info=OWN)
    what: Mapped[str] = code_column("RIGHT_EVENT", "own", _INTERNAL)
    note: Mapped[str | None] = text_column(500, "own", _INTERNAL)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)
    # Empty when the system did it by itself: a reminder, an end of unused rights.
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info=OWN)

    by: Mapped[User | None] = relationship(User, lazy="joined")
