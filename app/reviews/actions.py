"""Writes that a review brings to its plan."""

from __future__ import annotations

from datetime import date

from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.audit.record import record_event
from app.core.states import follow
from app.participations.actions import end_of_matter
from app.participations.models import Participation
from app.plans.document import Fact, Phrase, Section, facts_of, value
from app.plans.models import IntegrationPlan
from app.plans.states import PlanLife
from app.plans.versions import freeze
from app.reviews.labels import HINDRANCE, REVIEW, REVIEWED_GOAL
from app.reviews.models import PlanReview
from app.reviews.queries import goals_of_review, hindrances_of_review, previous_review_date
from app.web.transaction import stamp


def plan_next_review(session: Session, review: PlanReview, *, is_new: bool) -> None:
    """Move the plan's next review to the day the review set. Basis: 681/2023 § 22.1. The caller commits both."""
    with session.no_autoflush:
        plan = session.get_one(IntegrationPlan, review.plan_id)
        if is_new:
            follow(PlanLife, plan, "review")
    _move(session, plan, review.next_review_date, review.reviewed_on)


def complete_participations(session: Session, review: PlanReview) -> None:
    """End the county's part in the review that is now held, and let the review show it. The caller commits both."""
    end_of_matter(session, Participation.plan_id == review.plan_id, Participation.matter == "REVIEW", review=review)


def plan_review_again(session: Session, review: PlanReview) -> None:
    """Give the plan back the day its review was due, as the review is deleted. The caller commits both."""
    with session.no_autoflush:
        plan = session.get_one(IntegrationPlan, review.plan_id)
        before = previous_review_date(session, plan.id, but=review.id)
    _move(session, plan, review.planned_on, before)


def freeze_review(session: Session, review: PlanReview) -> None:
    """Write the version of the plan that the review leaves, with what the review found. Basis: Decree 874/2024 § 3. The caller commits."""
    plan = session.get_one(IntegrationPlan, review.plan_id)
    freeze(session, plan, "REVIEWED", on=review.reviewed_on, reason=review.reason, further=lambda: [_section(session, review)])


def _section(session: Session, review: PlanReview) -> Section:
    goals = [Fact(Phrase(row.goal_text), value(row, "result")) for row in goals_of_review(session, review.id)]
    hindrances = [Fact(value(row, "hindrance"), Phrase(row.description or "")) for row in hindrances_of_review(session, review.id)]
    parts = ((REVIEWED_GOAL["result"], goals), (HINDRANCE["hindrance"], hindrances))
    return Section(
        heading=Phrase(_("Review of %(day)s", day=format_date(review.reviewed_on))), facts=facts_of(review, "review", REVIEW),
        parts=[Section(heading=Phrase(str(title)), facts=facts) for title, facts in parts if facts],
    )  # fmt: skip


def _move(session: Session, plan: IntegrationPlan, due: date, reviewed_on: date | None) -> None:
    # A flush here would write the review before its own event knows what changed.
    with session.no_autoflush:
        is_moved = plan.planned_review_date != due
        if not is_moved and plan.reviewed_on == reviewed_on:
            return
        plan.planned_review_date, plan.reviewed_on = due, reviewed_on
        stamp(plan, is_new=False)
        if is_moved:
            record_event(session, "plan:review_planned", client_ids=[plan.client_id], row_id=plan.id, fields=["planned_review_date"])
