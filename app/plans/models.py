"""The plan with its goals and justified services."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.membership import FollowsClient
from app.assessments.models import Assessment
from app.db.base import Model
from app.db.columns import Recorded, code_column, date_column, key_column, prose_column, text_column
from app.db.types import OWN, Sensitivity

_SECRET = Sensitivity.SECRET


class IntegrationPlan(Recorded, FollowsClient, Model):
    """A plan; once agreed it is not edited (process.md § 6.2)."""

    numbered_by = "ordinal"
    __tablename__ = "integration_plan"
    listed_by = "drawn_up_date"
    # The older act (1386/2010) had plans without an assessment; since 2025 each rests on one (681/2023 §§ 16, 102.2; docs/adr/0037).
    __table_args__ = (CheckConstraint("assessment_id IS NOT NULL OR drawn_up_date < '2025-01-01'", name="assessment_unless_older"),)

    id: Mapped[str] = key_column()
    assessment_id: Mapped[str | None] = mapped_column(ForeignKey("assessment.id"), index=True, info=OWN)
    ordinal: Mapped[int] = mapped_column(Integer, nullable=False, default=1, info=OWN)
    status: Mapped[str] = code_column("PLAN_STATUS", "K73-6", default="DRAFT")
    drawn_up_date: Mapped[date] = date_column("K73-6", nullable=False)
    valid_from: Mapped[date] = date_column("K73-6", nullable=False)
    valid_to: Mapped[date] = date_column("K73-6", nullable=False)
    planned_review_date: Mapped[date] = date_column("K73-6", nullable=False)
    follow_up: Mapped[str] = prose_column("K73-6", nullable=False)
    training_recommendation: Mapped[str | None] = prose_column("K73-7")
    no_education_goal_reason: Mapped[str | None] = text_column(300, "K73-6")
    authors: Mapped[str] = text_column(300, "K73-6", nullable=False)
    rights_explained_on: Mapped[date | None] = date_column("K73-6")
    agreed_on: Mapped[date | None] = date_column("K73-6")
    agreement_method: Mapped[str | None] = code_column("AGREEMENT_METHOD", "K73-6", nullable=True)
    child_heard_on: Mapped[date | None] = date_column("K73-6")
    child_view: Mapped[str | None] = prose_column("K73-6", _SECRET)
    child_not_heard_reason: Mapped[str | None] = prose_column("K73-6", _SECRET)
    # Only of a client on home-care allowance (§ 88.1).
    kela_told_on: Mapped[date | None] = date_column("K73-7")
    # The last review, which brings a plan made under the older act under the one in force (§ 102.2).
    reviewed_on: Mapped[date | None] = date_column("K73-6")
    studies_only_from: Mapped[date | None] = date_column("K73-6")
    ended_on: Mapped[date | None] = date_column("K73-6")
    end_reason: Mapped[str | None] = code_column("PLAN_END_REASON", "K73-6", _SECRET, nullable=True)
    onward_guidance: Mapped[str | None] = prose_column("K73-7", _SECRET)
    employment_plan_on: Mapped[date | None] = date_column("K73-7")

    assessment: Mapped[Assessment | None] = relationship(lazy="raise")
    goals: Mapped[list[Goal]] = relationship(lazy="raise", order_by="Goal.created_at", cascade="all, delete-orphan", passive_deletes=True)
    services: Mapped[list[PlannedService]] = relationship(lazy="raise", order_by="PlannedService.created_at", cascade="all, delete-orphan", passive_deletes=True)


class Goal(Recorded, FollowsClient, Model):
    """A goal of the plan (§ 18), long-term or for the plan period."""

    __tablename__ = "goal"
    listed_by = "created_at"

    id: Mapped[str] = key_column()
    plan_id: Mapped[str] = mapped_column(ForeignKey("integration_plan.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)
    horizon: Mapped[str] = code_column("GOAL_HORIZON", "K73-6")
    goal_type: Mapped[str] = code_column("GOAL_TYPE", "K73-6")
    description: Mapped[str] = prose_column("K73-6", _SECRET, nullable=False)
    own_words: Mapped[str | None] = prose_column("K73-6", _SECRET)
    # What came of the goal when the plan ended; what a review found of it stands in the review.
    result: Mapped[str | None] = code_column("GOAL_RESULT", "K73-6", nullable=True)


class PlannedService(Recorded, FollowsClient, Model):
    """A service agreed in the plan; its justification against the goal is compulsory (§ 19.3)."""

    __tablename__ = "planned_service"
    listed_by = "created_at"

    id: Mapped[str] = key_column()
    plan_id: Mapped[str] = mapped_column(ForeignKey("integration_plan.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)
    service_type: Mapped[str] = code_column("SERVICE_TYPE", "K73-7")
    organiser: Mapped[str] = code_column("ORGANISER", "K73-7")
    provider: Mapped[str | None] = text_column(120, "K73-7")
    justification: Mapped[str | None] = prose_column("K73-7", _SECRET)
    starts_on: Mapped[date | None] = date_column("K73-7")
    ends_on: Mapped[date | None] = date_column("K73-7")
    status: Mapped[str] = code_column("SERVICE_STATUS", "K73-7", default="PLANNED")
