"""The contact that begins a client's path."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from app.access.membership import FollowsClient
from app.db.base import Model
from app.db.columns import Recorded, code_column, date_column, flag_column, key_column, prose_column, text_column
from app.db.types import Sensitivity

_SECRET = Sensitivity.SECRET
# What a sender may tell only with the person's consent (§ 9.1).
NEEDS_CONSENT = ("sender_contact", "consent_on", "reason", "need", "first_permit_on", "outcome_reason")


class InitialContact(Recorded, FollowsClient, Model):
    """A contact of § 9: an authority tells of a person with consent, has only directed the person here, or the person comes alone."""

    __tablename__ = "initial_contact"
    listed_by = "received_on"
    __table_args__ = (
        CheckConstraint("NOT directed_only OR (" + " AND ".join(f"{name} IS NULL" for name in NEEDS_CONSENT) + ")", name="directed_only"),
    )

    id: Mapped[str] = key_column()
    status: Mapped[str] = code_column("CONTACT_STATUS", "K73-4", default="RECEIVED")
    received_on: Mapped[date] = date_column("K73-4", nullable=False)
    sender_type: Mapped[str] = code_column("SENDER_TYPE", "K73-4")
    directed_only: Mapped[bool] = flag_column("K73-4")
    consent_on: Mapped[date | None] = date_column("K73-4")
    sender_contact: Mapped[str | None] = text_column(200, "K73-4", _SECRET)
    reason: Mapped[str | None] = prose_column("K73-5", _SECRET)
    need: Mapped[str | None] = code_column("SERVICE_NEED", "K73-5", _SECRET, nullable=True)
    first_permit_on: Mapped[date | None] = date_column("K73-3")
    receiving_unit: Mapped[str | None] = text_column(120, "K73-4")
    handled_on: Mapped[date | None] = date_column("K73-4")
    outcome: Mapped[str | None] = code_column("CONTACT_OUTCOME", "K73-4", nullable=True)
    outcome_reason: Mapped[str | None] = prose_column("K73-5", _SECRET)
    # Of the latest correction; the versions hold the earlier ones.
    correction_reason: Mapped[str | None] = prose_column("K73-5", _SECRET)
