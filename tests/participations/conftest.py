"""A client of Vantaa's with everything a county must not see marked, invited or not, and taken away afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import delete, select

from app.access.actor import Scope, acting_scope
from app.access.membership import ClientMembership
from app.assessments.models import Assessment, InterviewSection
from app.assessments.rules import SECTIONS
from app.clients.actions import prepare_client
from app.clients.facts import EducationRecord, FamilyLink, Note, ResidenceBasis, WorkRecord
from app.clients.models import Client
from app.clients.reminders import ClientReminder
from app.db.base import db
from app.db.types import new_id
from app.organisations.models import organisation_key
from app.plans.models import Goal, IntegrationPlan, PlannedService
from tests.support.app import Browser

VANTAA, COUNTY = organisation_key("MUNICIPALITY", "092"), organisation_key("WELLBEING_COUNTY", "04")
OTHER_COUNTY = organisation_key("WELLBEING_COUNTY", "06")
REASON = "Palvelut sovitetaan yhteen"
# Stands in every text that no profile of a plan shows; it may be in no answer to the county.
CANARY = "kanarialintu"
HIDDEN_PHONE, HIDDEN_STREET = "0401234567", "Kanariankatu 7"


def day(offset: int) -> date:
    return date.today() + timedelta(days=offset)


def _facts(client: str, aino: int) -> list[Any]:
    own = {"client_id": client, "org_id": VANTAA, "created_by": aino}
    return [
        Note(**own, kind="OTHER", entry_date=day(-3), content=CANARY),
        FamilyLink(**own, relation="SPOUSE", person_name=CANARY),
        WorkRecord(**own, occupation=CANARY),
        EducationRecord(**own, level="9", qualification=CANARY),
        ResidenceBasis(**own, kind="OTHER", ground="OTHER", granted_date=day(-300)),
        ClientReminder(**own, content=CANARY),
    ]


def _matters(client: str, aino: int) -> tuple[Assessment, IntegrationPlan, list[Any]]:
    own = {"client_id": client, "org_id": VANTAA, "created_by": aino}
    assessment = Assessment(id=new_id(), **own, ground="A1", status="INTERVIEW_HELD", started_on=day(-60), language="ar", channel="VIDEO",
                            channel_reason=CANARY, client_wishes="Toiveena työ")  # fmt: skip
    sections = [
        InterviewSection(**own, assessment_id=assessment.id, section=code, position=place, summary=f"{code} {'' if code == 'LIFE_SITUATION' else CANARY}")
        for place, code in enumerate(SECTIONS, start=1)
        if code not in ("NEED_OF_PLAN", "OTHER_NEEDS")
    ]
    plan = IntegrationPlan(
        id=new_id(), **own, assessment_id=assessment.id, status="IN_FORCE", ordinal=1, drawn_up_date=day(-30), valid_from=day(-30), valid_to=day(300),
        planned_review_date=day(60), follow_up="Seuranta puhelimitse", training_recommendation=CANARY, no_education_goal_reason=CANARY, authors="Aino Aarnio",
        agreed_on=day(-30),
    )  # fmt: skip
    parts = [Goal(**own, plan_id=plan.id, horizon="PLAN_PERIOD", goal_type="EMPLOYMENT", description="Työ hoitoalalla"),
             PlannedService(**own, plan_id=plan.id, service_type="OTHER", organiser="MUNI", justification="Tukee työllistymistä")]  # fmt: skip
    return assessment, plan, [*sections, *parts]


@pytest.fixture
def client(app: Flask) -> Iterator[dict[str, str]]:
    """Give the keys of the client, its open assessment and its plan in force."""
    with app.app_context(), acting_scope(Scope(VANTAA)):
        aino = db.session.scalars(select(User.id).where(User.username == "aino")).one()
        row = Client(
            id=new_id(), org_id=VANTAA, family_name="Testaaja", given_names="Taina", birth_date=date(1990, 5, 17), citizenship="SO", mother_tongue="so",
            service_language="fi", home_municipality_id=VANTAA, status="PLAN_ACTIVE", employment_status="UNEMPLOYED_JS", relationship_started=day(-70),
            no_identity_code_reason="PENDING", phone=HIDDEN_PHONE, street_address=HIDDEN_STREET, responsible_worker_id=aino, trafficking_victim=True,
        )  # fmt: skip
        prepare_client(row)
        assessment, plan, rest = _matters(row.id, aino)
        membership = ClientMembership(client_id=row.id, organisation_id=VANTAA, is_owner=True, purpose="CONTROLLER", valid_from=day(-70))
        for rows in ([row, membership], [assessment, *_facts(row.id, aino)], [plan], rest):
            db.session.add_all(rows)
            db.session.flush()
        keys = {"client": row.id, "assessment": assessment.id, "plan": plan.id}
        db.session.commit()
    yield keys
    with app.app_context(), acting_scope(Scope(VANTAA)):
        db.session.execute(delete(Client).where(Client.id == keys["client"]))
        db.session.commit()


def invited(aino: Browser, keys: dict[str, str], matter: str = "PLAN", **values: Any) -> str:
    """Invite the county on the form and give the key of the invitation."""
    of = keys["assessment" if matter == "ASSESSMENT" else "plan"]
    fields = {"matter_key": f"{matter}:{of}", "organisation_id": COUNTY, "reason": REASON, "may_contribute": "y", "valid_to": "",
              "profile": {"ASSESSMENT": "ASSESSMENT_PART", "PLAN": "PLAN_PART", "REVIEW": "REVIEW_PART"}[matter], **values}  # fmt: skip
    assert aino.get(f"/participations/invite?client={keys['client']}").status_code == 200
    answer = aino.post(f"/participations/invite?client={keys['client']}", **fields)
    assert answer.status_code == 303, answer.text
    return invitations(aino, keys)[0]


def invitations(browser: Browser, keys: dict[str, str]) -> list[str]:
    """Give the keys of the client's invitations as its page lists them, newest first."""
    page = browser.get(f"/clients/show/{keys['client']}?tab=sharing").text
    return list(dict.fromkeys(re.findall(r"/participations/show/([0-9a-f-]{36})", page)))


def accepted(veera: Browser, key: str) -> None:
    assert veera.get(f"/participations/show/{key}").status_code == 200
    assert veera.post(f"/participations/accept/{key}").status_code == 303
