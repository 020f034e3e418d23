"""What the time limits are counted from in reviews."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.deadlines.facts import Event
from app.plans.models import IntegrationPlan
from app.reviews.models import PlanReview


def events_of_reviews(session: Session, client_ids: Collection[str]) -> dict[str, list[Event]]:
    """Give the reviews of plans that were agreed. Basis: 681/2023 § 22.1."""
    found: dict[str, list[Event]] = defaultdict(list)
    query = select(PlanReview.client_id, PlanReview.reviewed_on, IntegrationPlan.ordinal).join(IntegrationPlan, IntegrationPlan.id == PlanReview.plan_id)
    for key, day, ordinal in session.execute(query.where(PlanReview.client_id.in_(client_ids), IntegrationPlan.status.not_in(("DRAFT", "ANNULLED")))):
        found[key].append(Event(type="PLAN_REVIEWED", on=day, plan=ordinal))
    return found
