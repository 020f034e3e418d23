"""Plans for tests of what is handed over: one that is in force, and drafts with texts of the test's own."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.clients.models import Client
from app.db.base import db
from app.organisations.models import organisation_key
from app.plans.models import Goal, IntegrationPlan, PlannedService
from tests.support.app import Browser

HOME = organisation_key("MUNICIPALITY", "092")


def key_in_force(app: Flask) -> str:
    """Give a plan in force as Aino finds it."""
    page = Browser(app).sign_in("aino").get("/plans/list/?f.status=IN_FORCE").text
    return re.findall(r"/plans/show/([0-9a-f-]{36})", page)[0]


def _example() -> IntegrationPlan:
    """Give a plan in force of Aino's municipality whose client has an identity code."""
    query = select(IntegrationPlan).join(Client, Client.id == IntegrationPlan.client_id)
    query = query.where(IntegrationPlan.org_id == HOME, IntegrationPlan.status == "IN_FORCE", Client.identity_code.is_not(None))
    return db.session.scalars(query.order_by(IntegrationPlan.id)).first() or pytest.fail("no plan to go by")


def identity_code_of(app: Flask, plan_id: str) -> str:
    with app.app_context(), system_scope():
        return str(db.session.get_one(Client, db.session.get_one(IntegrationPlan, plan_id).client_id).identity_code)


def draft_plan(app: Flask, *, goal: str = "Goal", why: str = "Why", **columns: Any) -> str:
    """Make a draft with a goal and a service and give its key."""
    with app.app_context(), system_scope():
        other = _example()
        same = {"client_id": other.client_id, "org_id": HOME}
        day = date(2026, 11, 2)
        plan = IntegrationPlan(
            assessment_id=other.assessment_id, ordinal=2, drawn_up_date=day, valid_from=day, valid_to=date(2027, 11, 2),
            planned_review_date=date(2027, 5, 2), **{"follow_up": "Follow-up", "authors": "Authors", **columns}, **same,
        )  # fmt: skip
        db.session.add(plan)
        db.session.flush()
        db.session.add(Goal(plan_id=plan.id, horizon="PLAN_PERIOD", goal_type="LANGUAGE", description=goal, own_words="Own words", **same))
        db.session.add(PlannedService(plan_id=plan.id, service_type="INT_TRAINING", organiser="MUNI", justification=why, **same))
        db.session.commit()
        return str(plan.id)
