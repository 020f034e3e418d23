"""Reads of plans."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.plans.models import Goal, IntegrationPlan, PlannedService


def goals_of_plan(session: Session, plan_id: str) -> list[Goal]:
    """Give the goals in the order they were written."""
    return list(session.scalars(select(Goal).where(Goal.plan_id == plan_id).order_by(Goal.created_at, Goal.id)))


def services_of_plan(session: Session, plan_id: str) -> list[PlannedService]:
    """Give the services in the order they were written."""
    query = select(PlannedService).where(PlannedService.plan_id == plan_id)
    return list(session.scalars(query.order_by(PlannedService.created_at, PlannedService.id)))


def first_plan_date(session: Session, client_id: str, *, but: str | None) -> date | None:
    """Give the day the client's first agreed plan was drawn up (§ 23.2), leaving out the plan `but`."""
    query = select(func.min(IntegrationPlan.drawn_up_date)).where(
        IntegrationPlan.client_id == client_id, IntegrationPlan.status.not_in(("DRAFT", "ANNULLED"))
    )
    return session.scalar(query.where(IntegrationPlan.id != but) if but else query)


def plans_of_client(session: Session, client_id: str) -> int:
    """Count the client's plans."""
    return int(session.scalar(select(func.count()).select_from(IntegrationPlan).where(IntegrationPlan.client_id == client_id)) or 0)
