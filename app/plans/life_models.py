"""What a plan lives through once it is agreed: extensions, interruptions, and the frozen picture of each version."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.access.membership import FollowsClient
from app.db.base import Model
from app.db.columns import Recorded, code_column, date_column, key_column, prose_column, text_column
from app.db.types import OWN, EncryptedText, Sensitivity, classified

_SECRET = Sensitivity.SECRET


class PlanExtension(Recorded, FollowsClient, Model):
    """A decision that a plan lasts longer than plans otherwise may (§§ 23.3, 23.4, 31.1), to and including `extended_to`."""

    __tablename__ = "plan_extension"

    id: Mapped[str] = key_column()
    plan_id: Mapped[str] = mapped_column(ForeignKey("integration_plan.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)
    ground: Mapped[str] = code_column("EXTENSION_GROUND", "K73-6", _SECRET)
    extended_from: Mapped[date] = date_column("K73-6", nullable=False)
    extended_to: Mapped[date] = date_column("K73-6", nullable=False)
    reasons: Mapped[str] = prose_column("K73-6", _SECRET, nullable=False)
    decided_by: Mapped[str] = text_column(160, "K73-6", nullable=False)
    decided_on: Mapped[date] = date_column("K73-6", nullable=False)


class PlanInterruption(Recorded, FollowsClient, Model):
    """Days on which the client could not take part (§ 23.4), both ends included; `ends_on` is empty while nobody knows the end."""

    __tablename__ = "plan_interruption"

    id: Mapped[str] = key_column()
    plan_id: Mapped[str] = mapped_column(ForeignKey("integration_plan.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)
    reason: Mapped[str] = code_column("INTERRUPTION_REASON", "K73-8", _SECRET)
    starts_on: Mapped[date] = date_column("K73-6", nullable=False)
    ends_on: Mapped[date | None] = date_column("K73-6")
    grounds: Mapped[str | None] = prose_column("K73-8", _SECRET)


class PlanVersion(Recorded, FollowsClient, Model):
    """The plan as it stood after a deed, with the facts it rested on. It is written once and never changed."""

    is_final: ClassVar[bool] = True
    __tablename__ = "plan_version"
    listed_by = "number"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[str] = key_column()
    plan_id: Mapped[str] = mapped_column(ForeignKey("integration_plan.id", ondelete="CASCADE"), nullable=False, info=OWN)
    number: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    deed: Mapped[str] = code_column("PLAN_VERSION_DEED", "K73-6")
    made_on: Mapped[date] = date_column("K73-6", nullable=False)
    reason: Mapped[str | None] = prose_column("K73-6", _SECRET)
    picture: Mapped[str] = mapped_column(EncryptedText, nullable=False, info=classified("K73-6", _SECRET))
