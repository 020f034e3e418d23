"""Writes of plans."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from app.clients.actions import move_to_stage
from app.plans.models import IntegrationPlan
from app.web.transaction import keep


def agree_plan(session: Session, plan: IntegrationPlan, *, agreed_on: date, method: str, rights_explained_on: date) -> None:
    """Bring an agreed plan into force; from then on it is not edited. Basis: 681/2023 §§ 20, 24.1."""
    plan.status, plan.agreed_on, plan.agreement_method = "IN_FORCE", agreed_on, method
    plan.rights_explained_on = rights_explained_on
    move_to_stage(session, plan.client_id, "PLAN_ACTIVE")
    keep(session, plan, "plan:agreed", is_new=False)
