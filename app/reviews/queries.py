"""Reads of reviews."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.reviews.models import Hindrance, PlanReview, ReviewedGoal


def previous_review_date(session: Session, plan_id: str, *, but: str) -> date | None:
    """Give the day of the plan's latest review, leaving out the review `but`."""
    return session.scalar(select(func.max(PlanReview.reviewed_on)).where(PlanReview.plan_id == plan_id, PlanReview.id != but))


def reviews_of_client(session: Session, client_id: str, limit: int) -> list[PlanReview]:
    """Give the client's latest reviews over all plans, newest first."""
    query = select(PlanReview).where(PlanReview.client_id == client_id).order_by(PlanReview.reviewed_on.desc(), PlanReview.id)
    return list(session.scalars(query.limit(limit)))


def goals_of_review(session: Session, review_id: str) -> list[ReviewedGoal]:
    """Give what the review found of each goal, in the order it was written."""
    return list(session.scalars(select(ReviewedGoal).where(ReviewedGoal.review_id == review_id).order_by(ReviewedGoal.created_at, ReviewedGoal.id)))


def hindrances_of_review(session: Session, review_id: str) -> list[Hindrance]:
    """Give what hindered the client, in the order it was written."""
    return list(session.scalars(select(Hindrance).where(Hindrance.review_id == review_id).order_by(Hindrance.created_at, Hindrance.id)))
