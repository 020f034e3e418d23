"""Due reviews lead to the form that records them, and are gone when they are recorded."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from app.access.actor import system_scope
from app.clients.models import Client
from app.db.base import db
from app.plans.models import IntegrationPlan
from tests.support.app import Browser, counted_statements
from tests.support.reviews import ENDS, TODAY, place_of, plan_in_force, record

YEARS = timedelta(days=800)


def owned_plan(app: Flask, name: str, **columns: Any) -> tuple[str, str]:
    """Give client and plan in force that nobody answers for, due before everything else."""
    plan = plan_in_force(app, **{"planned_review_date": TODAY - YEARS, **columns})
    with app.app_context(), system_scope():
        client = db.session.get_one(IntegrationPlan, plan).client_id
        db.session.execute(update(Client).where(Client.id == client).values(family_name=name))
        db.session.commit()
    return str(client), plan


def due_row(page: str, name: str) -> str | None:
    """Give the address in the first row of what is due for a client."""
    found = re.search(rf'id="due".*?<a href="([^"]+)">{name}, ', page, re.S)
    return found.group(1) if found else None


def test_the_row_leads_to_the_form_until_the_review_is_recorded(sqlite_app: Flask) -> None:
    client, plan = owned_plan(sqlite_app, "Etusivunen")
    aino = Browser(sqlite_app).sign_in("aino")
    assert due_row(aino.get("/?whose=all").text, "Etusivunen") == place_of(plan)
    overview = aino.get(f"/clients/show/{client}").text
    assert f'href="{place_of(plan)}">Kirjaa tarkistus</a>' in overview
    shown = record(aino, plan)
    assert place_of(plan) not in aino.get("/?whose=all").text
    overview = aino.get(f"/clients/show/{client}").text
    assert re.search(rf'<a href="{shown}">Suunnitelma tarkistettu: etenee osittain</a>', overview)
    assert re.search(r'<a class="button button-primary" href="/plans/show/[^"]+">Avaa kotoutumissuunnitelma</a>', overview)


def test_who_may_only_read_is_led_to_the_plan(sqlite_app: Flask) -> None:
    veera = Browser(sqlite_app).sign_in("veera")
    key = re.findall(r"/plans/show/([0-9a-f-]{36})", veera.get("/plans/list/?f.status=IN_FORCE").text)[0]
    with sqlite_app.app_context(), system_scope():
        before = db.session.get_one(IntegrationPlan, key).planned_review_date
        db.session.execute(update(IntegrationPlan).where(IntegrationPlan.id == key).values(planned_review_date=TODAY - YEARS))
        db.session.commit()
    try:
        page = veera.get("/?whose=all").text
        assert f'href="/plans/show/{key}"' in page and "/plan-reviews/add" not in page
        client = re.findall(r"/clients/show/([0-9a-f-]{36})", veera.get("/clients/list/").text)[0]
        page = veera.get(f"/clients/show/{client}").text
        assert re.search(rf'<a href="/plans/show/{key}">Kotoutumissuunnitelman tarkistus</a>', page) and "/plan-reviews/add" not in page
    finally:
        with sqlite_app.app_context(), system_scope():
            db.session.execute(update(IntegrationPlan).where(IntegrationPlan.id == key).values(planned_review_date=before))
            db.session.commit()


@pytest.mark.parametrize(("valid_to", "is_due"), [(TODAY - YEARS, False), (TODAY - YEARS + timedelta(days=1), True), (ENDS, True)])
def test_a_review_on_the_last_day_is_the_end_itself(sqlite_app: Flask, valid_to: date, is_due: bool) -> None:
    name = f"Päättyvä{valid_to:%d%m}"
    client, plan = owned_plan(sqlite_app, name, valid_to=valid_to)
    aino = Browser(sqlite_app).sign_in("aino")
    overview = aino.get(f"/clients/show/{client}").text
    assert ">Kotoutumissuunnitelma päättyy</a>" in overview and (">Kotoutumissuunnitelman tarkistus</a>" in overview) == is_due
    assert (due_row(aino.get("/?whose=all").text, name) == place_of(plan)) == is_due
    record(aino, plan)


def test_the_lead_sees_one_late_review_less(sqlite_app: Flask) -> None:
    def late(page: str) -> int:
        row = re.search(r'id="team".*?Ei kukaan|id="team".*?Ingen', page, re.S)
        assert row
        return int(re.findall(r"<td[^>]*>(\d+)</td>", page[row.end() :])[1])

    bengt = Browser(sqlite_app).sign_in("bengt")
    _client, plan = owned_plan(sqlite_app, "Laskettu", planned_review_date=TODAY - timedelta(days=1))
    before = late(bengt.get("/").text)
    record(bengt, plan)
    assert late(bengt.get("/").text) == before - 1


def test_the_clients_page_with_reviews_keeps_its_budget(app: Flask, aino: Browser) -> None:
    plan = plan_in_force(app)
    record(aino, plan)
    client = re.search(r"/clients/show/[0-9a-f-]{36}", aino.get(f"/plans/show/{plan}").text)
    assert client
    with counted_statements(app) as statements:
        assert aino.get(client.group(0)).status_code == 200
    assert 0 < len(statements) <= 15, statements
