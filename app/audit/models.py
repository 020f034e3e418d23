"""Audit events; append-only, without free text, names or identity codes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Model
from app.db.types import OWN, IdType, UtcDateTime, new_id, now


class AuditEvent(Model):
    """One act: event name (`client:read`), actor, right, organisation, purpose, and the row it touched."""

    __tablename__ = "audit_event"

    id: Mapped[str] = mapped_column(IdType, primary_key=True, default=new_id, info=OWN)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, index=True, info=OWN)
    name: Mapped[str] = mapped_column(String(60), nullable=False, info=OWN)
    user_id: Mapped[int | None] = mapped_column(Integer, info=OWN)
    role: Mapped[str | None] = mapped_column(String(40), info=OWN)
    organisation_id: Mapped[str | None] = mapped_column(IdType, info=OWN)
    purpose: Mapped[str] = mapped_column(String(40), nullable=False, info=OWN)
    row_id: Mapped[str | None] = mapped_column(IdType, info=OWN)
    fields: Mapped[str | None] = mapped_column(String(1000), info=OWN)
    request_id: Mapped[str | None] = mapped_column(String(36), info=OWN)


class AuditEventClient(Model):
    """A client that an event touched; a list page touches many."""

    __tablename__ = "audit_event_client"

    event_id: Mapped[str] = mapped_column(ForeignKey("audit_event.id"), primary_key=True, info=OWN)
    client_id: Mapped[str] = mapped_column(IdType, primary_key=True, info=OWN)

    # No foreign key to the client: the log outlives the client's own data.
    __table_args__ = (Index("ix_audit_event_client_client_id", "client_id"),)
