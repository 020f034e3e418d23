"""The review of a plan, the results it gave the plan's goals, and what hindered the client."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint, exists, select
from sqlalchemy.orm import Mapped, aliased, column_property, mapped_column, relationship

from app.access.membership import FollowsClient
from app.db.base import Model
from app.db.columns import Recorded, Sourced, code_column, date_column, key_column, prose_column, text_column
from app.db.types import OWN, Sensitivity
from app.participations.models import Participation
from app.plans.models import Goal, IntegrationPlan
from app.plans.rules import IN_FORCE

_SECRET = Sensitivity.SECRET


class PlanReview(Recorded, Sourced, FollowsClient, Model):
    """A review that was held; `planned_on` is the day it was due, which the plan itself does not keep."""

    __tablename__ = "plan_review"
    listed_by = "reviewed_on"
    __table_args__ = (UniqueConstraint("plan_id", "reviewed_on"),)

    id: Mapped[str] = key_column()
    plan_id: Mapped[str] = mapped_column(ForeignKey("integration_plan.id", ondelete="CASCADE"), nullable=False, info=OWN)
    planned_on: Mapped[date] = date_column("K73-6", nullable=False)
    reviewed_on: Mapped[date] = date_column("K73-6", nullable=False)
    initiator: Mapped[str] = code_column("REVIEW_INITIATOR", "K73-6")
    reason: Mapped[str | None] = prose_column("K73-6", _SECRET)
    participation: Mapped[str] = prose_column("K73-6", _SECRET, nullable=False)
    progress: Mapped[str] = code_column("PROGRESS", "K73-6")
    results: Mapped[str | None] = prose_column("K73-6", _SECRET)
    changes: Mapped[str | None] = prose_column("K73-6", _SECRET)
    authors: Mapped[str] = text_column(300, "K73-6", nullable=False)
    next_review_date: Mapped[date] = date_column("K73-6", nullable=False)
    # Whether it may still change. Set below, where the class can be compared with itself.
    is_open: ClassVar[Any]


_later = aliased(PlanReview)
# The newest review of a plan in force is open. Asked of one review at a time, so that a list does not pay for it.
PlanReview.is_open = column_property(
    exists(select(IntegrationPlan.id).where(IntegrationPlan.id == PlanReview.plan_id, IntegrationPlan.status.in_(IN_FORCE)))
    & ~exists(select(_later.id).where(_later.plan_id == PlanReview.plan_id, _later.reviewed_on > PlanReview.reviewed_on)),
    deferred=True,
)

# Never loaded; it tells the unit of work to write a review before the participation that it completes.
Participation.review = relationship(PlanReview, lazy="raise")  # type: ignore[attr-defined]


class ReviewedGoal(Recorded, FollowsClient, Model):
    """What a review found of one goal. The goal itself stays as it was agreed, and earlier reviews keep what they found."""

    __tablename__ = "reviewed_goal"
    listed_by = "created_at"
    __table_args__ = (UniqueConstraint("review_id", "goal_id"),)

    id: Mapped[str] = key_column()
    review_id: Mapped[str] = mapped_column(ForeignKey("plan_review.id", ondelete="CASCADE"), nullable=False, info=OWN)
    goal_id: Mapped[str] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)
    result: Mapped[str] = code_column("GOAL_RESULT", "K73-6")
    goal_text: Mapped[str] = column_property(select(Goal.description).where(Goal.id == goal_id).correlate_except(Goal).scalar_subquery())


class Hindrance(Recorded, FollowsClient, Model):
    """A factor that hindered or delayed the client's participation (Decree 874/2024 § 3)."""

    __tablename__ = "hindrance"
    listed_by = "created_at"
    __table_args__ = (UniqueConstraint("review_id", "hindrance"),)

    id: Mapped[str] = key_column()
    review_id: Mapped[str] = mapped_column(ForeignKey("plan_review.id", ondelete="CASCADE"), nullable=False, info=OWN)
    hindrance: Mapped[str] = code_column("HINDRANCE", "K73-6", _SECRET)
    description: Mapped[str | None] = text_column(300, "K73-6", _SECRET)
