"""Writes that a review brings to its plan."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from app.audit.record import record_event
from app.participations.actions import end_of_matter
from app.participations.models import Participation
from app.plans.models import IntegrationPlan
from app.reviews.models import PlanReview
from app.web.transaction import stamp


def plan_next_review(session: Session, review: PlanReview) -> None:
    """Move the plan's next review to the day the review set. Basis: 681/2023 § 22.1. The caller commits both."""
    _move(session, review.plan_id, review.next_review_date)


def complete_participations(session: Session, review: PlanReview) -> None:
    """End the county's part in the review that is now held, and let the review show it. The caller commits both."""
    end_of_matter(session, Participation.plan_id == review.plan_id, Participation.matter == "REVIEW", review=review)


def plan_review_again(session: Session, review: PlanReview) -> None:
    """Give the plan back the day its review was due, as the review is deleted. The caller commits both."""
    _move(session, review.plan_id, review.planned_on)


def _move(session: Session, plan_id: str, day: date) -> None:
    # A flush here would write the review before its own event knows what changed.
    with session.no_autoflush:
        plan = session.get_one(IntegrationPlan, plan_id)
        if plan.planned_review_date == day:
            return
        plan.planned_review_date = day
        stamp(plan, is_new=False)
        record_event(session, "plan:review_planned", client_ids=[plan.client_id], row_id=plan.id, fields=["planned_review_date"])
