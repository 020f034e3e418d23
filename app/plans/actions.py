"""Writes of plans."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from app.clients.actions import advance
from app.core.states import follow
from app.plans.models import IntegrationPlan
from app.plans.states import PlanLife
from app.web.transaction import keep


def agree_plan(session: Session, plan: IntegrationPlan, *, agreed_on: date, agreement_method: str, rights_explained_on: date) -> None:
    """Bring an agreed plan into force; from then on it is not edited. Basis: 681/2023 §§ 20, 24.1."""
    follow(PlanLife, plan, "agree")
    plan.agreed_on, plan.agreement_method = agreed_on, agreement_method
    plan.rights_explained_on = rights_explained_on
    advance(session, plan.client_id, "start_plan")
    keep(session, plan, "plan:agreed", is_new=False)
