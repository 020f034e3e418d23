"""Requests of the workspace to others."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Model
from app.db.columns import key_column
from app.db.types import OWN, UtcDateTime, now
from app.imports.models import ImportBatch
from app.organisations.models import Organisation


class ImportUndoRequest(Model):
    """A municipality's request for leave to undo a signed move, for the national administrator: figures as they were, nobody's data.

    The answer stands in the move itself (`undo_allowed_at`).
    """

    __tablename__ = "import_undo_request"

    id: Mapped[str] = key_column()
    batch_id: Mapped[str] = mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"), nullable=False, unique=True, info=OWN)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, info=OWN)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info=OWN)
    clients: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    records: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    # Of the records those that somebody has edited since: they would stay.
    kept: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)

    batch: Mapped[ImportBatch] = relationship(ImportBatch, lazy="joined", innerjoin=True)
    organisation: Mapped[Organisation] = relationship(Organisation, lazy="joined", innerjoin=True)
