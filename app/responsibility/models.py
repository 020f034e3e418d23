"""Periods of employment status, who is responsible, and what the municipality has decided for itself."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.access.membership import FollowsClient
from app.db.base import Model
from app.db.columns import Recorded, Sourced, code_column, date_column, key_column
from app.db.types import OWN, Sensitivity


class StatusPeriod(Recorded, Sourced, FollowsClient, Model):
    """An employment status from a day to a day, both included; jobseeker periods come from the employment authority."""

    __tablename__ = "status_period"
    listed_by = "starts_on"

    id: Mapped[str] = key_column()
    employment_status: Mapped[str] = code_column("EMPLOYMENT_STATUS", "K73-5")
    starts_on: Mapped[date] = date_column("K73-5", nullable=False)
    ends_on: Mapped[date | None] = date_column("K73-5")


class ResponsibilityPeriod(Recorded, FollowsClient, Model):
    """Who is responsible from a day to a day, both included, and why; derived by `actions.derive` and never typed in."""

    goes_along = False
    __tablename__ = "responsibility_period"
    listed_by = "starts_on"
    __table_args__ = (Index("ix_responsibility_period_responsible", "responsible", "starts_on"),)

    id: Mapped[str] = key_column()
    responsible: Mapped[str] = code_column("RESPONSIBLE", "K73-6")
    starts_on: Mapped[date] = date_column("K73-6", nullable=False)
    ends_on: Mapped[date | None] = date_column("K73-6")
    reason: Mapped[str] = code_column("RESPONSIBILITY_REASON", "K73-6")


class OrganisationPractice(Recorded, Model):
    """What a municipality has decided for itself, a row each: `delegated_from` is § 8, all clients to the employment authority.

    From `training_demanded_from` on, nobody applies to it for a right without a certificate of training.
    """

    __tablename__ = "organisation_practice"
    __table_args__ = (UniqueConstraint("org_id"),)

    id: Mapped[str] = key_column()
    delegated_from: Mapped[date | None] = date_column("own", Sensitivity.INTERNAL)
    delegated_to: Mapped[date | None] = date_column("own", Sensitivity.INTERNAL)
    transfer_answer_days: Mapped[int | None] = mapped_column(Integer, info=OWN)
    training_demanded_from: Mapped[date | None] = date_column("own", Sensitivity.INTERNAL)
