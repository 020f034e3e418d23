"""Non-disclosure for personal safety: municipality, address and contacts are seen by nobody who has not opened them for a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import delete, select, update

from app.access.actor import Scope, acting_scope
from app.access.membership import ClientMembership
from app.audit.models import AuditEvent
from app.clients import protection
from app.clients.models import Client
from app.clients.protection import ProtectedOpening
from app.db.base import db
from app.db.types import now
from app.organisations.models import organisation_key
from app.plans.models import IntegrationPlan
from tests.support.app import Browser
from tests.support.audit import recorded

VANTAA, COUNTY = organisation_key("MUNICIPALITY", "092"), organisation_key("WELLBEING_COUNTY", "04")
SECRET = {"phone": "040 0000001", "email": "piilossa@example.invalid", "street_address": "Salakuja 77", "postal_code": "99999", "post_office": "KORVATUNTURI"}
SHOWN = [*SECRET.values(), "Vantaa</dd>", "Vanda</dd>"]
MASK = "Salattu: turvakielto"


@pytest.fixture
def client(app: Flask) -> Iterator[str]:
    """A protected client of Vantaa in whom the county takes part, with contact details."""
    with app.app_context():
        with acting_scope(Scope(COUNTY)):
            worker = db.session.scalar(select(User.id).where(User.username == "aino"))
            seen = set(db.session.scalars(select(ClientMembership.client_id).where(ClientMembership.organisation_id == COUNTY)))
        db.session.rollback()
        with acting_scope(Scope(VANTAA)):
            key = str(db.session.scalars(select(Client.id).where(Client.org_id == VANTAA, Client.id.in_(seen)).order_by(Client.id)).first())
            before = db.session.execute(select(Client.non_disclosure, Client.responsible_worker_id, *(getattr(Client, name) for name in SECRET)).where(Client.id == key)).one()
            db.session.execute(update(Client).where(Client.id == key).values(non_disclosure=True, responsible_worker_id=worker, **SECRET))
            db.session.commit()
    yield key
    with app.app_context(), acting_scope(Scope(VANTAA)):
        db.session.execute(update(Client).where(Client.id == key).values(non_disclosure=before[0], responsible_worker_id=before[1], **dict(zip(SECRET, before[2:], strict=True))))
        db.session.execute(delete(ProtectedOpening))
        db.session.commit()


def leaks(text: str) -> list[str]:
    return [value for value in SHOWN if value in text]


def opened(browser: Browser, client: str, reason: str = "LETTER") -> Any:
    browser.get(f"/clients/protected/{client}")
    return browser.post(f"/clients/protected/{client}", reason=reason)


def test_it_is_hidden_until_it_is_opened_for_a_reason(app: Flask, client: str) -> None:
    aino = Browser(app).sign_in("aino")
    page = aino.get(f"/clients/show/{client}?tab=basics")
    assert page.status_code == 200 and page.text.count(MASK) == 4 and leaks(page.text) == []
    assert opened(aino, client).status_code == 303
    page = aino.get(f"/clients/show/{client}?tab=basics")
    assert MASK not in page.text and {*SECRET.values()} - {"99999", "KORVATUNTURI"} <= set(leaks(page.text)) and "Vantaa</dd>" in page.text
    assert "Suojatut yhteystiedot ovat sinulle avoinna" in page.text and "kirjeen tai päätöksen lähettäminen" in page.text


def test_it_is_open_to_one_person_for_a_while_only(app: Flask, client: str, monkeypatch: pytest.MonkeyPatch) -> None:
    aino, bengt = Browser(app).sign_in("aino"), Browser(app).sign_in("bengt")
    opened(aino, client)
    assert leaks(bengt.get(f"/clients/show/{client}?tab=basics").text) == []
    assert leaks(aino.get(f"/clients/show/{client}?tab=basics").text)
    monkeypatch.setattr(protection, "now", lambda: now() + protection.OPEN_FOR + timedelta(seconds=1))
    assert leaks(aino.get(f"/clients/show/{client}?tab=basics").text) == []


def test_a_reason_is_demanded(app: Flask, client: str) -> None:
    bengt = Browser(app).sign_in("bengt")
    bengt.get(f"/clients/protected/{client}")
    page = bengt.post(f"/clients/protected/{client}", reason="")
    assert page.status_code == 422 and "Fyll i det här fältet" in page.text
    assert bengt.post(f"/clients/protected/{client}", reason="CURIOSITY").status_code == 422
    assert leaks(bengt.get(f"/clients/show/{client}?tab=basics").text) == []


def test_the_form_neither_shows_nor_takes_what_is_hidden(app: Flask, client: str) -> None:
    aino = Browser(app).sign_in("bengt")
    page = aino.get(f"/clients/edit/{client}")
    assert page.status_code == 200 and leaks(page.text) == []
    names = set(re.findall(r'name="(\w+)"', page.text))
    assert "family_name" in names and not names & protection.IN_THE_FORM
    fields = {name: value for name, value in re.findall(r'name="(\w+)"[^>]*value="([^"]*)"', page.text) if not name.startswith("_")}
    aino.post(f"/clients/edit/{client}", **fields, phone="1", street_address="Muutettu 1", non_disclosure="", home_municipality_id="")
    with app.app_context(), acting_scope(Scope(VANTAA)):
        kept = db.session.get_one(Client, client)
        assert kept.non_disclosure and {name: getattr(kept, name) for name in SECRET} == SECRET
    opened(aino, client, "UPDATE")
    assert SECRET["street_address"] in aino.get(f"/clients/edit/{client}").text


def test_programs_meet_the_same_rule(app: Flask, client: str) -> None:
    bengt = Browser(app).sign_in("bengt")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', bengt.page.text)
    assert token and leaks(bengt.get(f"/api/v1/clients/{client}").text) == []
    version = bengt.page.json["version"]
    answer = bengt.client.put(f"/api/v1/clients/{client}", json={"version": version, "street_address": "Muutettu 1"}, headers={"X-CSRFToken": token.group(1)})
    assert answer.status_code == 422 and leaks(answer.text) == []


@pytest.mark.parametrize("path", ["/clients/list/?f.home_municipality_id=092", "/clients/list/?f.street_address=Salakuja", "/clients/list/?order=post_office"])
def test_no_list_is_narrowed_or_ordered_by_where_a_client_lives(app: Flask, client: str, path: str) -> None:
    found = Browser(app).sign_in("aino").get(path)
    assert found.status_code in (303, 400) and client not in found.text


def test_search_finds_no_address(app: Flask, client: str) -> None:
    aino = Browser(app).sign_in("aino")
    for words in ("Salakuja", "0400000001", "piilossa"):
        aino.get("/clients/list/")
        aino.post("/clients/search", q=words)
        assert client not in aino.get(aino.page.headers["Location"]).text


def test_no_file_holds_a_row_of_the_client(app: Flask, client: str) -> None:
    with app.app_context(), acting_scope(Scope(VANTAA)):
        rows = {"/plans": len(list(db.session.scalars(select(IntegrationPlan.id).where(IntegrationPlan.client_id == client))))}
    bengt = Browser(app).sign_in("bengt")
    for base in ("/clients", "/plans", "/assessments"):
        bengt.get(f"{base}/list/")
        answer = bengt.post(f"{base}/export", form="csv")
        assert answer.status_code == 200 and leaks(answer.text) == []
        assert "spärrmarkering" in answer.text or not rows.get(base, 1)


def test_other_authorities_see_no_hint_of_the_place(app: Flask, client: str) -> None:
    with app.app_context(), acting_scope(Scope(VANTAA)):
        worker = db.session.get_one(Client, client).responsible_worker or ""
        plan = db.session.scalars(select(IntegrationPlan).where(IntegrationPlan.client_id == client)).first()
        found = (plan.id, plan.authors) if plan else None
    veera = Browser(app).sign_in("veera")
    assert worker
    for path in (f"/clients/show/{client}?tab=basics", f"/clients/show/{client}", "/clients/list/"):
        text = veera.get(path).text
        assert worker not in text and leaks(text) == [], path
    assert found
    for path in ("/plans/show/{}", "/plans/print/{}"):
        page = veera.get(path.format(found[0]))
        assert page.status_code == 200 and found[1] not in page.text and leaks(page.text) == [], path
    assert veera.get(f"/clients/protected/{client}").status_code == 403


@pytest.mark.parametrize("user", ["cecilia", "eeva", "pekka", "veera"])
def test_it_refuses_wrong_role_and_other_organisation(app: Flask, client: str, user: str) -> None:
    assert Browser(app).sign_in(user).get(f"/clients/protected/{client}").status_code == (404 if user == "cecilia" else 403)


def test_it_records_the_event(app: Flask, client: str) -> None:
    aino = Browser(app).sign_in("aino")
    with recorded(app) as events:
        opened(aino, client, "SERVICE")
        aino.get(f"/clients/show/{client}")
    found: list[AuditEvent] = events()
    assert [event.name for event in found] == ["client:opened", "client:protected_opened", "client:protected_read"]
    assert found[1].criteria == "reason:SERVICE" and found[1].clients == [client]


def test_an_unprotected_client_has_nothing_to_open(app: Flask, client: str) -> None:
    with app.app_context(), acting_scope(Scope(VANTAA)):
        plain = db.session.scalars(select(Client.id).where(Client.org_id == VANTAA, Client.non_disclosure.is_(False)).limit(1)).one()
    assert Browser(app).sign_in("aino").get(f"/clients/protected/{plain}").status_code == 409
