"""Audit events and their seals; append-only, without free text, names or identity codes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Model
from app.db.types import OWN, IdType, UtcDateTime, new_id, now


class AuditEvent(Model):
    """One act or refusal: name (`client:read`), actor, right, organisation, purpose, and the row it touched, with its version.

    `criteria` are the columns a list was narrowed by, never what was looked for; `hits` is counted up to one more than a
    list's ceiling. `mark` proves that the application wrote the row (`app/audit/content.py`); rows older than the marks
    have none.
    """

    __tablename__ = "audit_event"

    id: Mapped[str] = mapped_column(IdType, primary_key=True, default=new_id, info=OWN)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, index=True, info=OWN)
    name: Mapped[str] = mapped_column(String(60), nullable=False, info=OWN)
    user_id: Mapped[int | None] = mapped_column(Integer, info=OWN)
    role: Mapped[str | None] = mapped_column(String(40), info=OWN)
    organisation_id: Mapped[str | None] = mapped_column(IdType, info=OWN)
    purpose: Mapped[str] = mapped_column(String(40), nullable=False, info={**OWN, "codes": "AUDIT_PURPOSE"})
    outcome: Mapped[str] = mapped_column(String(20), nullable=False, default="DONE", server_default="DONE", info={**OWN, "codes": "AUDIT_OUTCOME"})
    row_id: Mapped[str | None] = mapped_column(IdType, info=OWN)
    row_version: Mapped[int | None] = mapped_column(Integer, info=OWN)
    fields: Mapped[str | None] = mapped_column(String(1000), info=OWN)
    criteria: Mapped[str | None] = mapped_column(String(300), info=OWN)
    hits: Mapped[int | None] = mapped_column(Integer, info=OWN)
    request_id: Mapped[str | None] = mapped_column(String(36), info=OWN)
    mark: Mapped[str | None] = mapped_column(String(40), info=OWN)

    __table_args__ = (Index("ix_audit_event_organisation_id", "organisation_id", "at"),)


class AuditEventClient(Model):
    """A client that an event touched; a list page touches many."""

    __tablename__ = "audit_event_client"

    event_id: Mapped[str] = mapped_column(ForeignKey("audit_event.id"), primary_key=True, info=OWN)
    client_id: Mapped[str] = mapped_column(IdType, primary_key=True, info=OWN)

    # No foreign key to the client: the log outlives the client's own data.
    __table_args__ = (Index("ix_audit_event_client_client_id", "client_id"),)


class AuditSeal(Model):
    """A link of the chain: it holds the events with the places `first_place` … `first_place + events - 1`.

    `covers_until` is the moment up to which the sealer had looked; `has_marks` tells whether an event with a mark has
    been sealed by now. The digests and the mac are hexadecimal.
    """

    __tablename__ = "audit_seal"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, info=OWN)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, info=OWN)
    covers_until: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, info=OWN)
    first_place: Mapped[int] = mapped_column(BigInteger, nullable=False, info=OWN)
    events: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    has_marks: Mapped[bool] = mapped_column(Boolean, nullable=False, info=OWN)
    root: Mapped[str] = mapped_column(String(64), nullable=False, info=OWN)
    previous: Mapped[str] = mapped_column(String(64), nullable=False, info=OWN)
    hash: Mapped[str] = mapped_column(String(64), nullable=False, info=OWN)
    mac: Mapped[str] = mapped_column(String(72), nullable=False, info=OWN)


class AuditSealedEvent(Model):
    """The place of an event in the chain and its SHA-256. No foreign key: an event that is gone must stay known."""

    __tablename__ = "audit_sealed_event"

    event_id: Mapped[str] = mapped_column(IdType, primary_key=True, info=OWN)
    place: Mapped[int] = mapped_column(BigInteger, nullable=False, info=OWN)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), nullable=False, info=OWN)

    __table_args__ = (Index("uq_audit_sealed_event_place", "place", unique=True),)


class AuditHead(Model):
    """One row: the number of the last seal, and the lock that lets one sealer work at a time."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, info=OWN)
    number: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
