"""The client's first page: what to mind, what is next; nothing a reader could not list elsewhere."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.access.roles import ROLES
from app.clients.facts import Note
from app.clients.models import Client
from app.contacts.models import InitialContact
from app.db.base import db
from app.guidance.models import GuidanceEntry
from app.home.client_overview import client_overview
from app.organisations.models import organisation_key
from app.plans.models import IntegrationPlan
from tests.support.app import Browser
from tests.web.test_forms import add

VANTAA = organisation_key("MUNICIPALITY", "092")


@pytest.fixture
def client_with_plan(sqlite_app: Flask) -> tuple[str, str]:
    """A client of Vantaa whose plan in force was to be reviewed yesterday, with a note."""
    with sqlite_app.app_context(), system_scope():
        plan = db.session.scalar(
            select(IntegrationPlan).join(Client, Client.id == IntegrationPlan.client_id)
            .where(Client.org_id == VANTAA, IntegrationPlan.status == "IN_FORCE", Client.non_disclosure.is_(False))
        )  # fmt: skip
        assert plan
        plan.planned_review_date = date.today() - timedelta(days=1)
        client = db.session.get_one(Client, plan.client_id)
        client.non_disclosure = True
        db.session.add(Note(client_id=client.id, org_id=VANTAA, kind="CONTACT", entry_date=date.today(), content="Salaista"))
        db.session.commit()
        return client.id, plan.id


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def test_it_says_what_to_mind_and_what_is_late(sqlite_app: Flask, client_with_plan: tuple[str, str]) -> None:
    client, plan = client_with_plan
    page = Browser(sqlite_app).sign_in("aino").get(f"/clients/show/{client}")
    text = text_of(page)
    yesterday = date.today() - timedelta(days=1)
    assert "Turvakielto: asiakkaan asuinpaikkaa ei saa kertoa" in text
    assert f"{yesterday.day}.{yesterday.month}.{yesterday.year} Myöhässä Kotoutumissuunnitelman tarkistus" in text
    form = f"/plan-reviews/add?plan={plan}"
    assert f'<a href="{form}">Kotoutumissuunnitelman tarkistus</a>' in page.text
    assert f'<a class="button button-primary" href="{form}">Kirjaa tarkistus</a>' in page.text and "Avaa kotoutumissuunnitelma" not in text


def test_the_next_act_follows_the_stage(sqlite_app: Flask) -> None:
    aino = Browser(sqlite_app).sign_in("aino")
    add(aino)
    page = aino.get(aino.page.headers["Location"])
    link = re.search(r'<a class="button button-primary" href="(/assessments/add\?client=[^"]+)">Aloita arviointi', page.text)
    assert link and aino.get(link.group(1)).status_code == 200


def test_a_reader_without_notes_and_plans_sees_none_of_them(sqlite_app: Flask, client_with_plan: tuple[str, str]) -> None:
    client, _plan = client_with_plan
    intake = ROLES["INTAKE_WORKER"]
    with sqlite_app.test_request_context("/"), system_scope():
        row = db.session.get_one(Client, client)
        parts = client_overview(row, lambda permission, view: permission in intake.get(view, ()))
    rows = [line["text"] for panel in parts["panels"] for line in panel["rows"]]
    assert parts["act"] is None and not any("suunnitelma" in text.lower() or "Arviointi" in text for text in rows)


def test_contacts_and_guidance_are_of_what_has_happened(sqlite_app: Flask, client_with_plan: tuple[str, str]) -> None:
    client, _plan = client_with_plan
    today, own = date.today(), {"client_id": client, "org_id": VANTAA}
    with sqlite_app.app_context(), system_scope():
        contact = InitialContact(**own, status="HANDLED", sender_type="KELA", consent_on=today, received_on=today, handled_on=today, outcome="GUIDANCE", reason="Salaista")
        entry = GuidanceEntry(**own, given_on=today, channel="PHONE", language="ar", notes="Salaista")
        db.session.add_all((contact, entry))
        db.session.commit()
        places = [f"/contacts/show/{contact.id}", f"/guidance/show/{entry.id}"]
    page = Browser(sqlite_app).sign_in("aino").get(f"/clients/show/{client}")
    text = text_of(page)
    assert "Yhteydenotto: Kela" in text and "Yhteydenotto käsitelty: ohjaus ja neuvonta" in text and "Ohjaus ja neuvonta: puhelin" in text
    assert all(place in page.text for place in places) and "Salaista" not in text
    assert "Yhteydenotto" not in text_of(Browser(sqlite_app).sign_in("pekka").get(f"/clients/show/{client}"))
