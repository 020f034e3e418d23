"""A plan in force with services, and their deeds done through the pages."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import select

from app.clients.models import Client
from app.plans.models import IntegrationPlan, PlannedService
from app.services.models import ServiceParticipation
from tests.support.app import Browser
from tests.support.form import typed
from tests.support.plan_form import VANTAA, in_vantaa
from tests.support.reviews import plan_in_force


def service_in_force(app: Flask, kind: str = "CAREER", *, plan_id: str | None = None, born: Any = None, **columns: Any) -> str:
    """Make a service of an agreed plan and give its key; `columns` are of the service."""
    plan_id = plan_id or plan_in_force(app)
    with in_vantaa(app) as session:
        client_id = session.get_one(IntegrationPlan, plan_id).client_id
        if born:
            session.get_one(Client, client_id).birth_date = born
        service = PlannedService(plan_id=plan_id, client_id=client_id, org_id=VANTAA, service_type=kind, organiser="MUNI", justification="x", **columns)
        session.add(service)
        session.commit()
        return str(service.id)


def do(browser: Browser, place: str, **fields: str) -> Any:
    """Open the page of a deed, fill in what is given over what it proposes, and send it."""
    answer = browser.get(place)
    assert answer.status_code == 200, (place, answer.status_code)
    return browser.post(place, **typed(browser.page, **fields))


def status_of(app: Flask, service_id: str) -> str:
    with in_vantaa(app) as session:
        return str(session.get_one(PlannedService, service_id).status)


def record_of(app: Flask, service_id: str) -> ServiceParticipation:
    with in_vantaa(app) as session:
        found = session.scalars(select(ServiceParticipation).where(ServiceParticipation.planned_service_id == service_id)).one()
        session.expunge_all()
        return found
