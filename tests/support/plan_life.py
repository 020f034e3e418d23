"""Deeds on plans, as a person sends them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.assessments.models import Assessment
from app.audit.models import AuditEvent
from app.clients.models import Client
from app.db.base import db
from app.plans.life_models import PlanVersion
from app.plans.models import Goal, IntegrationPlan, PlannedService
from tests.support.app import Browser
from tests.support.form import typed
from tests.support.plan_form import in_vantaa
from tests.support.reviews import plan_in_force


def plan_with(app: Flask, client: dict[str, Any] | None = None, service: str = "INT_TRAINING", **columns: Any) -> str:
    """Make a client with a plan of two goals and a service, and give the plan's key."""
    key = plan_in_force(app, **columns)
    with in_vantaa(app) as session:
        plan = session.get_one(IntegrationPlan, key)
        for name, value in (client or {}).items():
            setattr(session.get_one(Client, plan.client_id), name, value)
        # Not before the assessment (V3).
        session.get_one(Assessment, plan.assessment_id).completed_on = plan.drawn_up_date - timedelta(days=10)
        session.add(PlannedService(plan_id=key, client_id=plan.client_id, org_id=plan.org_id, service_type=service, organiser="MUNI", justification="Miksi"))
        session.commit()
    return key


def do(browser: Browser, plan_id: str, deed: str, **values: Any) -> Any:
    """Open the page of a deed, fill it in, send it, and give the answer."""
    place = f"/plans/{deed}/{plan_id}"
    page = browser.get(place)
    assert page.status_code == 200, page.status_code
    texts = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    return browser.post(place, **typed(page, **texts))


def plan_of(app: Flask, plan_id: str) -> IntegrationPlan:
    with in_vantaa(app) as session:
        plan = session.get_one(IntegrationPlan, plan_id)
        session.expunge(plan)
        return plan


def stage_of(app: Flask, plan_id: str) -> str:
    """Give the stage of the plan's client."""
    with in_vantaa(app) as session:
        return str(session.get_one(Client, session.get_one(IntegrationPlan, plan_id).client_id).status)


def versions_of(app: Flask, plan_id: str) -> list[tuple[int, str]]:
    """Give number and deed of each version."""
    with in_vantaa(app) as session:
        query = select(PlanVersion.number, PlanVersion.deed).where(PlanVersion.plan_id == plan_id).order_by(PlanVersion.number)
        return [(number, deed) for number, deed in session.execute(query)]


def events_of(app: Flask, plan_id: str) -> set[str]:
    """Give the names of the events of a plan's row; the serving role of PostgreSQL cannot read them."""
    with app.app_context(), system_scope():
        return set(db.session.scalars(select(AuditEvent.name).where(AuditEvent.row_id == plan_id)))


def goals_of(app: Flask, plan_id: str) -> list[str | None]:
    """Give the result of each goal."""
    with in_vantaa(app) as session:
        return list(session.scalars(select(Goal.result).where(Goal.plan_id == plan_id).order_by(Goal.created_at, Goal.id)))
