"""What the time limits learn from services."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.deadlines.facts import Event
from app.plans.models import IntegrationPlan, PlannedService
from app.services.models import ServiceParticipation


def events_of(session: Session, client_ids: Collection[str]) -> dict[str, list[Event]]:
    """Give each client's referrals to agreed services with the number of their plan, in the order of their days. Basis: 681/2023 § 20.5."""
    query = (
        select(ServiceParticipation.client_id, ServiceParticipation.referred_on, IntegrationPlan.ordinal)
        .join(PlannedService, PlannedService.id == ServiceParticipation.planned_service_id)
        .join(IntegrationPlan, IntegrationPlan.id == PlannedService.plan_id)
        .where(ServiceParticipation.client_id.in_(client_ids))
        .order_by(ServiceParticipation.referred_on)
    )
    found: dict[str, list[Event]] = {}
    for client_id, day, ordinal in session.execute(query):
        if day:
            found.setdefault(client_id, []).append(Event(type="SERVICE_REFERRED", on=day, plan=ordinal))
    return found
