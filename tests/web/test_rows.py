"""Repeating rows: a plan with its goals and services in one form, saved together or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import Scope, acting_scope
from app.assessments.models import Assessment
from app.clients.actions import own_client, prepare_client
from app.clients.models import Client
from app.db.base import db
from app.organisations.models import organisation_key
from app.plans.models import Goal, PlannedService
from tests.support.app import Browser, counted_statements
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


def new_client(app: Flask) -> str:
    """Make a client who waits for a plan, and give the key."""
    with in_vantaa(app) as session:
        client = Client(
            family_name="Rivinen", given_names="Riina", birth_date=date(1990, 1, 1), citizenship="UA", mother_tongue="uk", service_language="fi",
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


@pytest.fixture
def place(app: Flask) -> str:
    """The address of the form of a new plan."""
    return f"/plans/add?client={new_client(app)}"


def send(browser: Browser, place: str, fields: Any) -> Any:
    return browser.post(place, **fields)


def draw_up(browser: Browser, place: str, **changes: str) -> str:
    """Draw up a plan with two goals and a service, and give its key."""
    browser.get(place)
    fields = {**typed(browser.page), **PLAN, "goals": ["0", "1"], "services": ["0"], **goal(0, "Eka"), **goal(1, "Toka"), **service(0, "Siksi")}
    answer = send(browser, place, {**fields, **changes})
    assert answer.status_code == 303, re.findall(r'field-error".*?</p>', answer.text)
    return str(answer.headers["Location"].rsplit("/", 1)[-1])


def test_a_plan_is_saved_with_its_rows_in_their_order(app: Flask, aino: Browser, place: str) -> None:
    with counted_statements(app) as statements:
        plan_id = draw_up(aino, place)
    goals, services = rows(app, Goal, plan_id), rows(app, PlannedService, plan_id)
    assert [row.description for row in goals] == ["Eka", "Toka"] and [row.justification for row in services] == ["Siksi"]
    assert {row.client_id for row in [*goals, *services]} == {place.rsplit("=", 1)[-1]}
    assert sum("INSERT INTO audit_event " in text for text in statements) == 4
