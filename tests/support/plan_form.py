"""A client who waits for a plan, and the plan's form filled in with its goals and services."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import select

from app.access.actor import Scope, acting_scope
from app.assessments.models import Assessment
from app.clients.actions import own_client, prepare_client
from app.clients.models import Client
from app.db.base import db
from app.organisations.models import organisation_key
from app.plans.models import Goal
from tests.support.app import Browser
from tests.support.form import typed

VANTAA = organisation_key("MUNICIPALITY", "092")
PLAN = {"drawn_up_date": "2026-10-06", "valid_from": "2026-10-06", "valid_to": "2027-10-06", "planned_review_date": "2027-03-01",
        "follow_up": "x", "authors": "x"}  # fmt: skip


def goal(key: int, text: str) -> dict[str, str]:
    return {f"goals-{key}-horizon": "PLAN_PERIOD", f"goals-{key}-goal_type": "EMPLOYMENT", f"goals-{key}-description": text}


def service(key: int, why: str) -> dict[str, str]:
    return {f"services-{key}-service_type": "INT_TRAINING", f"services-{key}-organiser": "MUNI", f"services-{key}-justification": why,
            f"services-{key}-status": "PLANNED"}  # fmt: skip


@contextmanager
def in_vantaa(app: Flask) -> Iterator[Any]:
    """Work in the scope of Aino's and Bengt's municipality, and give the session."""
    with app.app_context(), acting_scope(Scope(VANTAA)):
        yield db.session


def new_client(app: Flask, family_name: str = "Rivinen") -> str:
    """Make a client who waits for a plan, and give the key."""
    with in_vantaa(app) as session:
        client = Client(
            family_name=family_name, given_names="Riina", birth_date=date(1990, 1, 1), citizenship="UA", mother_tongue="uk", service_language="fi",
            home_municipality_id=VANTAA, relationship_started=date(2026, 9, 1), no_identity_code_reason="PENDING", status="PLAN_DRAFTING",
        )  # fmt: skip
        prepare_client(client)
        own_client(session, client, VANTAA, date(2026, 9, 1))
        session.flush()
        assessment = Assessment(client_id=client.id, org_id=VANTAA, ground="A4", status="COMPLETED", outcome="PLAN", language="uk",
                                started_on=date(2026, 9, 1), completed_on=date(2026, 10, 1))  # fmt: skip
        session.add(assessment)
        session.commit()
        return str(client.id)


def rows(app: Flask, model: Any, plan_id: str) -> list[Any]:
    with in_vantaa(app) as session:
        found = list(session.scalars(select(model).where(model.plan_id == plan_id).order_by(model.created_at, model.id)))
        session.expunge_all()
        return found


def plan_fields(browser: Browser) -> dict[str, Any]:
    """Fill in the form of a new plan that is open: two goals and a service."""
    keys = {"goals": ["0", "1"], "services": ["0"]}
    return {**typed(browser.page), **PLAN, **keys, **goal(0, "Eka"), **goal(1, "Toka"), **service(0, "Siksi")}


def draw_up(browser: Browser, place: str) -> str:
    """Draw up a plan with two goals and a service, and give the address of its form."""
    browser.get(place)
    answer = browser.post(place, **plan_fields(browser))
    assert answer.status_code == 303, re.findall(r'field-error".*?</p>', answer.text)
    return str(answer.headers["Location"].replace("show", "edit"))


def goals(app: Flask, edit: str) -> list[str]:
    return [row.description for row in rows(app, Goal, edit.rsplit("/", 1)[-1])]
