"""What reviews of plans found, I30 and I32. Basis: 681/2023 § 22, Decree 874/2024 § 3."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import and_, func
from sqlalchemy.orm import aliased

from app.codes.lists import values
from app.plans.models import Goal, IntegrationPlan
from app.reports.computing.courses import counted
from app.reports.computing.question import Computation, Question
from app.reports.observation import Observation
from app.reviews.models import Hindrance, PlanReview, ReviewedGoal


def goals_reached(asked: Question) -> Iterator[Observation]:
    """Tell of each goal of the plans reviewed in the period whether the last review of the period found it reached (I30)."""
    last = (
        counted(asked, PlanReview.plan_id, func.max(PlanReview.reviewed_on).label("day"))
        .join(PlanReview, PlanReview.plan_id == IntegrationPlan.id)
        .where(PlanReview.reviewed_on.between(asked.period.starts_on, asked.day))
        .group_by(PlanReview.plan_id)
        .subquery()
    )
    review, found = aliased(PlanReview), aliased(ReviewedGoal)
    query = (
        counted(asked, Goal.client_id, Goal.goal_type, found.result)
        .join(last, last.c.plan_id == IntegrationPlan.id)
        .join(review, and_(review.plan_id == last.c.plan_id, review.reviewed_on == last.c.day))
        .join(Goal, Goal.plan_id == IntegrationPlan.id)
        .outerjoin(found, and_(found.review_id == review.id, found.goal_id == Goal.id))
    )
    for client, kind, result in asked.session.execute(query):
        yield Observation(asked.subjects[client], int(result == "ACHIEVED"), 1, own=(("GOAL_TYPE", kind),))


def hindered(asked: Question) -> Iterator[Observation]:
    """Tell of each review of the period whether something hindered the client, and which factors did (I32)."""
    query = (
        counted(asked, PlanReview.id, PlanReview.client_id, Hindrance.hindrance)
        .join(PlanReview, PlanReview.plan_id == IntegrationPlan.id)
        .outerjoin(Hindrance, Hindrance.review_id == PlanReview.id)
        .where(PlanReview.reviewed_on.between(asked.period.starts_on, asked.day))
    )
    factors: dict[tuple[str, str], set[str]] = defaultdict(set)
    for review, client, factor in asked.session.execute(query):
        factors[review, client] |= {factor} if factor else set()
    codes = [value.code for value in values("HINDRANCE")]
    for (_review, client), met in factors.items():
        subject = asked.subjects[client]
        yield Observation(subject, int(bool(met)), 1, only=("",))
        for code in codes:
            yield Observation(subject, int(code in met), 1, own=(("HINDRANCE", code),), only=("HINDRANCE",))


COMPUTATIONS: dict[str, Computation] = {"I30": goals_reached, "I32": hindered}
