"""A plan in force, and the form of its review filled in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from app.assessments.models import Assessment
from app.clients.models import Client
from app.plans.models import Goal, IntegrationPlan
from app.reviews.models import PlanReview
from tests.support.app import Browser
from tests.support.form import typed
from tests.support.plan_form import VANTAA, in_vantaa, new_client

TODAY = date.today()
# The review is due so late that the front page, which other tests read, does not list it yet.
AGREED, ENDS, DUE = (TODAY + timedelta(days=days) for days in (-200, 165, 40))


def plan_in_force(app: Flask, **columns: Any) -> str:
    """Make a client of Vantaa with a plan of two goals, and give the plan's key; `columns` are of the plan."""
    client_id = new_client(app)
    with in_vantaa(app) as session:
        session.get_one(Client, client_id).status = "PLAN_ACTIVE"
        same = {"client_id": client_id, "org_id": VANTAA}
        days = {"drawn_up_date": AGREED, "valid_from": AGREED, "valid_to": ENDS, "planned_review_date": DUE, "agreed_on": AGREED}
        assessment = session.scalars(select(Assessment.id).where(Assessment.client_id == client_id)).one()
        plan = IntegrationPlan(assessment_id=assessment, follow_up="x", authors="x", **{"status": "IN_FORCE", **days, **same, **columns})
        session.add(plan)
        session.flush()
        for kind, text in (("LANGUAGE", "Tavoite yksi"), ("EMPLOYMENT", "Tavoite kaksi")):
            session.add(Goal(plan_id=plan.id, horizon="PLAN_PERIOD", goal_type=kind, description=text, **same))
            session.flush()
        session.commit()
        return str(plan.id)


def place_of(plan_id: str) -> str:
    """Give the address of the form that records a review."""
    return f"/plan-reviews/add?plan={plan_id}"


def review_fields(browser: Browser, **changes: str) -> dict[str, Any]:
    """Fill in the form of a new review that is open."""
    results = {"goals__0__result": "ACHIEVED", "goals__1__result": "OPEN"}
    return typed(browser.page, **{"participation": "Kävi", "progress": "PARTLY", **results, **changes})


def record(browser: Browser, plan_id: str, **changes: str) -> str:
    """Record a review and give the address of its page."""
    browser.get(place_of(plan_id))
    answer = browser.post(place_of(plan_id), **review_fields(browser, **changes))
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def planned_on(app: Flask, plan_id: str) -> date:
    """Give the day the plan's next review is planned for."""
    with in_vantaa(app) as session:
        return session.scalars(select(IntegrationPlan.planned_review_date).where(IntegrationPlan.id == plan_id)).one()


def reviews_of(app: Flask, plan_id: str) -> list[PlanReview]:
    with in_vantaa(app) as session:
        found = list(session.scalars(select(PlanReview).where(PlanReview.plan_id == plan_id).order_by(PlanReview.reviewed_on)))
        session.expunge_all()
        return found
