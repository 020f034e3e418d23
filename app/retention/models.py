"""How many clients' data were deleted, by organisation and day: what is left of them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Model
from app.db.columns import date_column, key_column
from app.db.types import OWN, Sensitivity


class ClientDeletion(Model):
    """A count of one transaction; nobody is named."""

    __tablename__ = "client_deletion"
    __table_args__ = (Index("ix_client_deletion_org_id", "org_id", "deleted_on"),)

    id: Mapped[str] = key_column()
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, info=OWN)
    deleted_on: Mapped[date] = date_column("own", Sensitivity.INTERNAL, nullable=False)
    clients: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
