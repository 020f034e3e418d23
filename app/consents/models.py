"""The consent of a client."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.access.membership import FollowsClient
from app.db.base import Model
from app.db.columns import Recorded, code_column, date_column, key_column
from app.db.types import OWN


class Consent(Recorded, FollowsClient, Model):
    """What a client consented to, to which text and in which language; it can be withdrawn and is never deleted by itself."""

    __tablename__ = "consent"
    listed_by = "given_on"

    id: Mapped[str] = key_column()
    status: Mapped[str] = code_column("CONSENT_STATUS", "K73-4", default="GIVEN")
    type: Mapped[str] = code_column("CONSENT_TYPE", "K73-4")
    # The version of `app/consents/data/texts.toml` that was in use on the day.
    text_version: Mapped[str] = mapped_column(String(10), nullable=False, info=OWN)
    language: Mapped[str] = code_column("LANGUAGE", "K73-4")
    given_on: Mapped[date] = date_column("K73-4", nullable=False)
    withdrawn_on: Mapped[date | None] = date_column("K73-4")
