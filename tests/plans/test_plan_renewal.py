"""A new plan begins from the one in force."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from app.plans.models import Goal, IntegrationPlan, PlannedService
from tests.support.app import Browser
from tests.support.form import Form, typed
from tests.support.plan_form import in_vantaa, new_client
from tests.support.plan_life import events_of, plan_of, plan_with

TODAY = date.today()


def place(app: Flask, key: str) -> str:
    return f"/plans/add?client={plan_of(app, key).client_id}"


def test_what_goes_on_is_in_the_form_and_what_is_over_is_not(sqlite_app: Flask) -> None:
    key, aino = plan_with(sqlite_app, valid_to=TODAY + timedelta(days=100)), Browser(sqlite_app).sign_in("aino")
    with in_vantaa(sqlite_app) as session:
        plan = session.get_one(IntegrationPlan, key)
        plan.follow_up = "Kuukausittain"
        session.add(PlannedService(plan_id=key, client_id=plan.client_id, org_id=plan.org_id, service_type="CAREER", organiser="MUNI", justification="Ohi", status="COMPLETED"))
        session.commit()
    page = aino.get(place(sqlite_app, key))
    sent = dict(Form(page.text).fields)
    assert (sent["follow_up"], sent["goals-0-description"], sent["goals-1-description"]) == ("Kuukausittain", "Tavoite yksi", "Tavoite kaksi")
    assert sent["services-0-justification"] == "Miksi" and "Ohi" not in page.text and "plan:opened" in events_of(sqlite_app, key)
    days = {"drawn_up_date": TODAY, "valid_from": TODAY, "valid_to": TODAY + timedelta(days=300), "planned_review_date": TODAY + timedelta(days=100)}
    answer = aino.post(place(sqlite_app, key), **typed(page, goals__1__description="Uusi tavoite", **{name: day.isoformat() for name, day in days.items()}))
    assert answer.status_code == 303, answer.text
    with in_vantaa(sqlite_app) as session:
        new = session.scalars(select(IntegrationPlan).where(IntegrationPlan.client_id == plan_of(sqlite_app, key).client_id, IntegrationPlan.status == "DRAFT")).one()
        texts = [set(session.scalars(select(Goal.description).where(Goal.plan_id == one))) for one in (key, new.id)]
    assert texts == [{"Tavoite yksi", "Tavoite kaksi"}, {"Tavoite yksi", "Uusi tavoite"}]


def test_a_first_plan_begins_empty(sqlite_app: Flask) -> None:
    page = Browser(sqlite_app).sign_in("aino").get(f"/plans/add?client={new_client(sqlite_app)}")
    assert dict(Form(page.text).fields)["follow_up"] == "" and "goals-0-description" not in page.text


def test_a_later_plan_keeps_to_the_time_of_all_plans(sqlite_app: Flask) -> None:
    key, aino = plan_with(sqlite_app), Browser(sqlite_app).sign_in("aino")
    page = aino.get(place(sqlite_app, key))
    days = {"drawn_up_date": TODAY, "valid_from": TODAY, "valid_to": TODAY + timedelta(days=700), "planned_review_date": TODAY + timedelta(days=100)}
    answer = aino.post(place(sqlite_app, key), **typed(page, **{name: day.isoformat() for name, day in days.items()}))
    assert answer.status_code == 422 and "asti (23 §)" in answer.text
