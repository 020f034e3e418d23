"""Reads of plans."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.plans.life_models import PlanExtension, PlanInterruption, PlanVersion
from app.plans.models import Goal, IntegrationPlan, PlannedService
from app.plans.rules import IN_FORCE


def goals_of_plan(session: Session, plan_id: str) -> list[Goal]:
    """Give the goals in the order they were written."""
    return list(session.scalars(select(Goal).where(Goal.plan_id == plan_id).order_by(Goal.created_at, Goal.id)))


def services_of_plan(session: Session, plan_id: str) -> list[PlannedService]:
    """Give the services in the order they were written."""
    query = select(PlannedService).where(PlannedService.plan_id == plan_id)
    return list(session.scalars(query.order_by(PlannedService.created_at, PlannedService.id)))


def last_ordinal(session: Session, client_id: str) -> int:
    """Give the number of the client's last plan, 0 without one."""
    return int(session.scalar(select(func.max(IntegrationPlan.ordinal)).where(IntegrationPlan.client_id == client_id)) or 0)


def extensions_of_plan(session: Session, plan_id: str) -> list[PlanExtension]:
    """Give the extensions in the order they were decided."""
    return list(session.scalars(select(PlanExtension).where(PlanExtension.plan_id == plan_id).order_by(PlanExtension.decided_on, PlanExtension.created_at)))


def interruptions_of_plan(session: Session, plan_id: str) -> list[PlanInterruption]:
    """Give the interruptions in the order of their days."""
    return list(session.scalars(select(PlanInterruption).where(PlanInterruption.plan_id == plan_id).order_by(PlanInterruption.starts_on)))


def plan_in_force(session: Session, client_id: str) -> IntegrationPlan | None:
    """Give the client's plan that binds now, None when there is none."""
    query = select(IntegrationPlan).where(IntegrationPlan.client_id == client_id, IntegrationPlan.status.in_(IN_FORCE))
    return session.scalars(query.order_by(IntegrationPlan.ordinal.desc()).limit(1)).first()


def plans_replaced_by(session: Session, plan: IntegrationPlan) -> list[IntegrationPlan]:
    """Give the client's other plans that still bind: a plan that comes into force takes their place."""
    query = select(IntegrationPlan).where(IntegrationPlan.client_id == plan.client_id, IntegrationPlan.id != plan.id)
    return list(session.scalars(query.where(IntegrationPlan.status.in_(IN_FORCE)).order_by(IntegrationPlan.ordinal)))


def next_version_number(session: Session, plan_id: str) -> int:
    """Give the number of the plan's next version."""
    return int(session.scalar(select(func.max(PlanVersion.number)).where(PlanVersion.plan_id == plan_id)) or 0) + 1
