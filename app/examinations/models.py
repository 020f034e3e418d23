"""Rules that go through the log, findings, the readings a finding rests on, and what has happened to it."""

from __future__ import annotations

from datetime import date, datetime
from secrets import token_hex

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Model
from app.db.columns import Recorded, code_column, date_column, flag_column, key_column, text_column
from app.db.types import OWN, EncryptedText, IdType, Sensitivity, UtcDateTime, now
from app.organisations.models import Organisation
from app.web.language import current_language

_INTERNAL = Sensitivity.INTERNAL


class LogRule(Recorded, Model):
    """What an organisation has looked for in its log, or a sample it draws; which numbers a kind uses stands in `rules.py`.

    `examined_to` is the last day gone through; `seed` makes a draw one that can be repeated and not foreseen.
    """

    __tablename__ = "log_rule"

    id: Mapped[str] = key_column()
    kind: Mapped[str] = code_column("LOG_RULE", "own", _INTERNAL)
    owner_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), nullable=False, info=OWN)
    is_active: Mapped[bool] = mapped_column(nullable=False, default=True, info=OWN)
    look_back_days: Mapped[int] = mapped_column(Integer, nullable=False, default=30, info=OWN)
    days: Mapped[int | None] = mapped_column(Integer, info=OWN)
    most_clients: Mapped[int | None] = mapped_column(Integer, info=OWN)
    from_hour: Mapped[int | None] = mapped_column(Integer, info=OWN)
    to_hour: Mapped[int | None] = mapped_column(Integer, info=OWN)
    sample_size: Mapped[int | None] = mapped_column(Integer, info=OWN)
    with_shared: Mapped[bool] = flag_column("own", _INTERNAL)
    seed: Mapped[str] = mapped_column(String(32), nullable=False, default=lambda: token_hex(16), info=OWN)
    examined_to: Mapped[date | None] = date_column("own", _INTERNAL)

    owner_user: Mapped[User] = relationship(User, foreign_keys=[owner_id], lazy="joined", innerjoin=True)

    @property
    def owner(self) -> str:
        return f"{self.owner_user.last_name} {self.owner_user.first_name}"


class LogFinding(Model):
    """What a rule found of one reader on one day, and the examination of it. Basis: § 79.3.

    `org_id` examines it; `concerns_id` is the controller whose data were read, to whom the national agency reports it.
    """

    __tablename__ = "log_finding"
    __table_args__ = (
        UniqueConstraint("rule_id", "user_id", "day"), Index("ix_log_finding_org_id_state", "org_id", "state"),
        Index("ix_log_finding_user_id_state", "user_id", "state"), Index("ix_log_finding_reported_by_id", "reported_by_id"),
    )  # fmt: skip

    id: Mapped[str] = key_column()
    rule_id: Mapped[str] = mapped_column(ForeignKey("log_rule.id"), nullable=False, info=OWN)
    kind: Mapped[str] = code_column("LOG_RULE", "own", _INTERNAL)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, info=OWN)
    concerns_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, info=OWN)
    reported_by_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), info=OWN)
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), nullable=False, info=OWN)
    reader_org_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), info=OWN)
    day: Mapped[date] = date_column("own", _INTERNAL, nullable=False)
    readings: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    clients: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    seed: Mapped[str | None] = text_column(60, "own", _INTERNAL)
    state: Mapped[str] = code_column("FINDING_STATE", "own", _INTERNAL, default="NEW")
    found_on: Mapped[date] = date_column("own", _INTERNAL, nullable=False)
    due_on: Mapped[date] = date_column("own", _INTERNAL, nullable=False)
    examiner_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info=OWN)
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    question: Mapped[str | None] = mapped_column(EncryptedText, info=OWN)
    explained_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    explanation: Mapped[str | None] = mapped_column(EncryptedText, info=OWN)
    outcome: Mapped[str | None] = code_column("FINDING_OUTCOME", "own", _INTERNAL, nullable=True)
    reason: Mapped[str | None] = mapped_column(EncryptedText, info=OWN)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    version: Mapped[int] = mapped_column(Integer, nullable=False, default=1, info=OWN)

    reader_user: Mapped[User] = relationship(User, foreign_keys=[user_id], lazy="joined", innerjoin=True)
    examiner_user: Mapped[User | None] = relationship(User, foreign_keys=[examiner_id], lazy="joined")
    reader_org: Mapped[Organisation | None] = relationship(Organisation, foreign_keys=[reader_org_id], lazy="joined")
    reporter: Mapped[Organisation | None] = relationship(Organisation, foreign_keys=[reported_by_id], lazy="joined")

    # Two examiners who decide at once: the later one is told.
    __mapper_args__ = {"version_id_col": version}

    @property
    def reader(self) -> str:
        return f"{self.reader_user.last_name}, {self.reader_user.first_name}"

    @property
    def examiner(self) -> str | None:
        return self.examiner_user and f"{self.examiner_user.first_name} {self.examiner_user.last_name}"

    @property
    def reader_organisation(self) -> str | None:
        return self.reader_org and self.reader_org.name_in(current_language())

    @property
    def reported(self) -> str | None:
        return self.reporter and self.reporter.name_in(current_language())


class LogFindingReading(Model):
    """An event of the log that a finding rests on, as it was found: the log itself is not open to those who serve."""

    __tablename__ = "log_finding_reading"

    id: Mapped[str] = key_column()
    finding_id: Mapped[str] = mapped_column(ForeignKey("log_finding.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)
    # No foreign keys to the event and the client: both have lives of their own.
    event_id: Mapped[str] = mapped_column(IdType, nullable=False, info=OWN)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, info=OWN)
    name: Mapped[str] = mapped_column(String(60), nullable=False, info=OWN)
    client_id: Mapped[str | None] = mapped_column(IdType, info=OWN)
    controller_id: Mapped[str | None] = mapped_column(IdType, info=OWN)


class LogFindingEvent(Model):
    """What happened to a finding, when and by whom; rows are only ever added."""

    __tablename__ = "log_finding_event"

    id: Mapped[str] = key_column()
    finding_id: Mapped[str] = mapped_column(ForeignKey("log_finding.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)
    what: Mapped[str] = code_column("FINDING_EVENT", "own", _INTERNAL)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)
    # Empty when a rule did it.
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info=OWN)

    by: Mapped[User | None] = relationship(User, lazy="joined")
