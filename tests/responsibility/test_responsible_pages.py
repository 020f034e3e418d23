"""Recording job search changes who is responsible, in one transaction; the plan stays the same plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select

from app.access.actor import Scope, acting_scope, system_scope
from app.clients.models import Client
from app.db.base import db
from app.obligations.models import ClientObligation
from app.organisations.models import organisation_key
from app.plans.models import IntegrationPlan
from app.responsibility.actions import derive_all
from app.responsibility.events import events
from app.responsibility.models import OrganisationPractice, ResponsibilityPeriod, StatusPeriod
from app.responsibility.queries import responsibilities_of
from tests.support.app import Browser

VANTAA = organisation_key("MUNICIPALITY", "092")
TODAY = date.today()
START = TODAY - timedelta(days=10)


@pytest.fixture
def client_id(app: Flask) -> Iterator[str]:
    with app.app_context(), acting_scope(Scope(VANTAA)):
        query = select(Client.id).where(Client.org_id == VANTAA, Client.status == "PLAN_ACTIVE", Client.non_disclosure.is_(False)).order_by(Client.id)
        key = db.session.scalars(query.limit(1)).one()
        db.session.execute(delete(StatusPeriod).where(StatusPeriod.client_id == key))
        db.session.execute(delete(ResponsibilityPeriod).where(ResponsibilityPeriod.client_id == key))
        db.session.commit()
    yield str(key)
    with app.app_context(), acting_scope(Scope(VANTAA)):
        db.session.execute(delete(StatusPeriod).where(StatusPeriod.client_id == key))
        db.session.execute(delete(ResponsibilityPeriod).where(ResponsibilityPeriod.client_id == key))
        db.session.commit()


def record(aino: Browser, client_id: str, start: date = START, end: str = "", status: str = "UNEMPLOYED_JS") -> int:
    path = f"/status-periods/add?client={client_id}"
    aino.get(path)
    return int(aino.post(path, employment_status=status, starts_on=start.isoformat(), ends_on=end, source="OTHER_AUTHORITY").status_code)


def said(app: Flask, client_id: str) -> list[tuple[str, date | None, str]]:
    with app.app_context(), acting_scope(Scope(VANTAA)):
        return [(row.responsible, row.ends_on, row.reason) for row in responsibilities_of(db.session, client_id)]


def plans(app: Flask, client_id: str) -> list[tuple[str, int]]:
    with app.app_context(), acting_scope(Scope(VANTAA)):
        return [(row.status, row.version) for row in db.session.scalars(select(IntegrationPlan).where(IntegrationPlan.client_id == client_id))]


def test_job_search_brings_the_client_to_the_employment_authority_and_back(app: Flask, aino: Browser, client_id: str) -> None:
    before = plans(app, client_id)
    assert record(aino, client_id) == 303
    assert said(app, client_id)[-1] == ("EMPA_JOBSEEKER", None, "JOB_SEARCH_STARTED")
    page = aino.get(f"/clients/show/{client_id}").text
    assert "työvoimaviranomainen (työnhakija)" in page and "työnhaku alkoi" in page
    with app.app_context(), acting_scope(Scope(VANTAA)):
        key = db.session.scalars(select(StatusPeriod.id).where(StatusPeriod.client_id == client_id)).one()
        assert db.session.get_one(Client, client_id).employment_status == "UNEMPLOYED_JS"
    aino.get(f"/status-periods/edit/{key}")
    ended = TODAY - timedelta(days=1)
    assert aino.post(f"/status-periods/edit/{key}", employment_status="UNEMPLOYED_JS", starts_on=START.isoformat(), ends_on=ended.isoformat(), source="OTHER_AUTHORITY").status_code == 303
    assert said(app, client_id)[-2:] == [("EMPA_JOBSEEKER", ended, "JOB_SEARCH_STARTED"), ("MUNI", None, "JOB_SEARCH_ENDED")]
    assert plans(app, client_id) == before
    with app.app_context(), acting_scope(Scope(VANTAA)):
        assert [(one.type, one.on) for one in events(db.session, [client_id])[client_id]] == [("JOB_SEARCH_STARTED", START), ("JOB_SEARCH_ENDED", TODAY)]
    aino.get(f"/status-periods/show/{key}")
    assert aino.post(f"/status-periods/delete/{key}").status_code == 303
    assert [row[0] for row in said(app, client_id)] in ([], ["MUNI"])


@pytest.mark.parametrize(
    ("start", "end", "sentence"),
    [(TODAY + timedelta(days=1), "", "tulevaisuudessa"), (START, (START - timedelta(days=1)).isoformat(), "ennen alkamispäivää"), (START, START.isoformat(), "toinen")],
)  # fmt: skip
def test_bad_input_is_explained(app: Flask, aino: Browser, client_id: str, start: date, end: str, sentence: str) -> None:
    if sentence == "toinen":
        assert record(aino, client_id, START - timedelta(days=5)) == 303
    assert record(aino, client_id, start, end) == 422 and sentence in aino.page.text


def caseworkers() -> set[str]:
    """Give whose the open time limits of a municipality's caseworkers are."""
    of = ClientObligation
    return set(db.session.scalars(select(of.owner).where(of.org_id == VANTAA, of.in_queue, of.owner.startswith("CASEWORKER")).distinct()))


def test_a_decision_of_the_municipality_delegates_everybody(sqlite_app: Flask) -> None:
    bengt = Browser(sqlite_app).sign_in("bengt")
    bengt.get("/practices/add")
    assert bengt.post("/practices/add", delegated_from="", delegated_to=TODAY.isoformat(), transfer_answer_days="31").status_code == 422
    assert bengt.post("/practices/add", delegated_from=START.isoformat(), delegated_to="", transfer_answer_days="5").status_code == 303
    assert len(re.findall(r"/practices/show/", bengt.get("/practices/list/").text)) == 1
    with sqlite_app.app_context(), system_scope():
        try:
            assert derive_all(db.session) > 10 and derive_all(db.session) == 0
            now = db.session.scalars(select(ResponsibilityPeriod.responsible).where(ResponsibilityPeriod.ends_on.is_(None)).distinct()).all()
            assert set(now) <= {"EMPA_DELEGATED", "EMPA_JOBSEEKER"} and now
            assert caseworkers() == {"CASEWORKER_EMPLOYMENT"}
            # The decision is corrected: it ended before today.
            db.session.scalars(select(OrganisationPractice)).one().delegated_to = TODAY - timedelta(days=1)
            db.session.commit()
            assert derive_all(db.session) > 10 and "CASEWORKER_MUNICIPALITY" in caseworkers()
        finally:
            db.session.rollback()
            db.session.execute(delete(OrganisationPractice))
            db.session.execute(delete(ResponsibilityPeriod))
            db.session.commit()
