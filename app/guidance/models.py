"""Entries of guidance and counselling."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.access.membership import FollowsClient
from app.db.base import Model
from app.db.columns import Recorded, code_column, date_column, flag_column, key_column, prose_column, text_column
from app.db.types import OWN, Sensitivity

_SECRET = Sensitivity.SECRET


class GuidanceEntry(Recorded, FollowsClient, Model):
    """Guidance given to a person by name (§ 10). What nobody is named in is not stored at all.

    No versions are kept: with the consent it rests on, an entry goes whole (docs/adr/0023).
    """

    __tablename__ = "guidance_entry"
    listed_by = "given_on"
    goes_whole: ClassVar[bool] = True

    id: Mapped[str] = key_column()
    # None only of an integration client or an assessed person, whose data the law lets be stored (§ 76.1).
    consent_id: Mapped[str | None] = mapped_column(ForeignKey("consent.id", ondelete="CASCADE"), index=True, info=OWN)
    given_on: Mapped[date] = date_column("K73-4", nullable=False)
    channel: Mapped[str] = code_column("CHANNEL", "K73-4", default="OFFICE")
    language: Mapped[str] = code_column("LANGUAGE", "K73-4")
    interpreter_used: Mapped[bool] = flag_column("K73-4")
    notes: Mapped[str | None] = prose_column("K73-7", _SECRET)


class GuidanceNeed(Recorded, FollowsClient, Model):
    """A need that was found in guidance, and the service the person was guided to for it."""

    __tablename__ = "guidance_need"
    listed_by = "created_at"
    goes_whole: ClassVar[bool] = True

    id: Mapped[str] = key_column()
    entry_id: Mapped[str] = mapped_column(ForeignKey("guidance_entry.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)
    need: Mapped[str] = code_column("SERVICE_NEED", "K73-7", _SECRET)
    service_type: Mapped[str | None] = code_column("SERVICE_TYPE", "K73-7", nullable=True)
    provider: Mapped[str | None] = text_column(120, "K73-7")
