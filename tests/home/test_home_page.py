"""The worker's page: own and the unit's due work, late first, the stages as filtered lists, drafts, and the team for its lead."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.access.actor import system_scope
from app.clients.models import Client
from app.db.base import db
from app.organisations.models import organisation_key
from app.plans.models import IntegrationPlan
from tests.support.app import Browser, counted_statements
from tests.web.test_drafts import type_in

VANTAA = organisation_key("MUNICIPALITY", "092")


@pytest.fixture
def late_client(sqlite_app: Flask) -> str:
    """A client of Vantaa whom nobody has taken, with a review that should have been held long ago."""
    with sqlite_app.app_context(), system_scope():
        row = db.session.execute(
            select(Client.id, IntegrationPlan.id).join(IntegrationPlan, IntegrationPlan.client_id == Client.id)
            .where(Client.org_id == VANTAA, Client.status == "PLAN_ACTIVE", IntegrationPlan.status == "IN_FORCE").order_by(Client.id)
        ).first()  # fmt: skip
        assert row
        db.session.execute(update(Client).where(Client.id == row[0]).values(responsible_worker_id=None, family_name="Aivanmyöhässä"))
        db.session.execute(update(IntegrationPlan).where(IntegrationPlan.id == row[1]).values(planned_review_date=date.today() - timedelta(days=900)))
        db.session.commit()
        return str(row[0])


def test_own_work_and_the_units(sqlite_app: Flask, late_client: str) -> None:
    aino = Browser(sqlite_app).sign_in("aino")
    assert "Aivanmyöhässä" not in aino.get("/").text
    page = aino.get("/?whose=all").text
    first = re.search(r'id="due".*?<th scope="row"[^>]*>\s*<a href="(/plan-reviews/add[^"]+)">([^<]+)<.*?</tr>', page, re.S)
    assert first and first.group(2).startswith("Aivanmyöhässä") and "Myöhässä" in first.group(0)
    aino.get("/clients/list/")
    aino.post("/clients/action_post", action="take", rowid=late_client)
    assert "Aivanmyöhässä" in aino.get("/").text
    assert "Aivanmyöhässä" not in Browser(sqlite_app).sign_in("cecilia").get("/?whose=all").text


def test_each_stage_opens_the_list_it_counts(sqlite_app: Flask) -> None:
    aino = Browser(sqlite_app).sign_in("aino")
    figures = re.findall(r'figure-value">(\d+)</span>\s*<a class="figure-label" href="([^"]+)"', aino.get("/?whose=all").text)
    assert len(figures) > 4
    for count, url in figures:
        assert re.search(rf'class="count">{count} rivi', aino.get(unescape(url)).text), url


def test_the_team_is_the_leads(sqlite_app: Flask) -> None:
    assert 'id="team"' in Browser(sqlite_app).sign_in("bengt").get("/").text
    assert 'id="team"' not in Browser(sqlite_app).sign_in("aino").get("/").text


def test_each_worker_of_the_team_opens_the_list_that_is_counted(sqlite_app: Flask) -> None:
    bengt = Browser(sqlite_app).sign_in("bengt")
    team = bengt.get("/").text.partition('id="team"')[2]
    rows = re.findall(r'<a href="(/clients/list/[^"]+)">([^<]+)</a>.*?<td[^>]*>(\d+)</td>', team, re.S)
    assert len(rows) > 4 and "Ingen" in [name for _url, name, _count in rows]
    for url, name, count in rows:
        page = bengt.get(unescape(url)).text
        assert re.search(rf'class="count">{count} rad', page) and f"Ansvarig arbetstagare: {name}" in page, url


def test_a_draft_is_offered_by_the_name_of_its_form(sqlite_app: Flask) -> None:
    aino = Browser(sqlite_app).sign_in("aino")
    aino.get("/clients/add")
    type_in(aino, "/clients/add", {"family_name": "Kesken"})
    page = aino.get("/").text
    assert re.search(r'<a href="/clients/add">Lisää asiakas, kirjoitettu ', page) and "Kesken" not in page
    aino.get("/clients/add")
    aino.post("/drafts/drop", place="/clients/add")


def test_a_wrong_argument_and_a_role_without_clients(sqlite_app: Flask) -> None:
    assert Browser(sqlite_app).sign_in("aino").get("/?whose=everybody").status_code == 400
    page = Browser(sqlite_app).sign_in("eeva").get("/")
    assert page.status_code == 200 and "Roolillasi ei ole täällä mitään" in page.text and 'id="find-q"' not in page.text


def test_the_page_costs_a_fixed_number_of_statements(app: Flask) -> None:
    bengt = Browser(app).sign_in("bengt")
    with counted_statements(app) as statements:
        bengt.get("/?whose=all")
    assert 0 < len(statements) <= 13, statements
