"""The one table of versions, for every record that follows a client."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.access.membership import FollowsClient
from app.db.base import Model
from app.db.columns import key_column
from app.db.types import OWN, EncryptedText, IdType, Sensitivity, UtcDateTime, classified, now

ADDED, CHANGED, DELETED, RESTORED = "ADDED", "CHANGED", "DELETED", "RESTORED"


class RowVersion(FollowsClient, Model):
    """A record as it stood after one change. Written by `app.history.record` alone; nobody changes or removes one.

    `content` is a JSON document of `app.history.values`: restricted and protected values stand in it, so it is encrypted
    as a whole, and a page shows of it only what the reader may see of the record itself.
    """

    # A version goes where its record goes.
    goes_along = False
    __tablename__ = "row_version"
    __table_args__ = (Index("uq_row_version_place", "table_name", "row_id", "number", unique=True),)

    id: Mapped[str] = key_column()
    table_name: Mapped[str] = mapped_column(String(63), nullable=False, info=OWN)
    row_id: Mapped[str] = mapped_column(IdType, nullable=False, info=OWN)
    number: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    kind: Mapped[str] = mapped_column(String(20), nullable=False, info=OWN)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info=OWN)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, info=OWN)
    content: Mapped[str] = mapped_column(EncryptedText, nullable=False, info=classified("own", Sensitivity.RESTRICTED))
