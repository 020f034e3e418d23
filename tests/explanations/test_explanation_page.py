"""The page that tells who may see a client and why: right answers, asked by the controller's people only."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select, update

from app.access.actor import Scope, acting_scope, system_scope
from app.access.membership import ClientMembership
from app.db.base import db
from app.db.types import now
from app.organisations.models import organisation_key
from app.users.models import AccessGrant
from tests.support.app import Browser
from tests.support.audit import recorded

VANTAA, COUNTY = organisation_key("MUNICIPALITY", "092"), organisation_key("WELLBEING_COUNTY", "04")


def user_key(app: Flask, username: str) -> int:
    with app.app_context(), system_scope():
        return int(db.session.scalar(select(User.id).where(User.username == username)) or 0)


@pytest.fixture
def shared(app: Flask) -> str:
    """A client of Vantaa in which the county takes part."""
    with app.app_context():
        with acting_scope(Scope(COUNTY)):
            seen = set(db.session.scalars(select(ClientMembership.client_id).where(ClientMembership.organisation_id == COUNTY)))
        with acting_scope(Scope(VANTAA)):
            db.session.rollback()
            own = set(db.session.scalars(select(ClientMembership.client_id).where(ClientMembership.organisation_id == VANTAA)))
    return sorted(seen & own)[0]


@contextmanager
def changed_right(app: Flask, username: str, **values: Any) -> Iterator[None]:
    """Change every right of a person for the block."""
    key = user_key(app, username)
    with app.app_context():
        before = db.session.execute(select(AccessGrant.id, *(getattr(AccessGrant, name) for name in values)).where(AccessGrant.user_id == key)).all()
        db.session.execute(update(AccessGrant).where(AccessGrant.user_id == key).values(**values))
        db.session.commit()
    try:
        yield
    finally:
        with app.app_context():
            for row in before:
                db.session.execute(update(AccessGrant).where(AccessGrant.id == row[0]).values(**dict(zip(values, row[1:], strict=True))))
            db.session.commit()


def answer(app: Flask, browser: Browser, client: str, username: str) -> str:
    page = browser.get(f"/explanations/show/{client}?who={user_key(app, username)}")
    assert page.status_code == 200
    return str(page.text[page.text.index('id="answer"') : page.text.index('id="people"')])


def test_it_works(app: Flask, shared: str) -> None:
    eeva = Browser(app).sign_in("eeva")
    told = answer(app, eeva, shared, "aino")
    for words in ("Saa nähdä asiakkaan tiedot", "kotoutumispalvelujen työntekijä", "lain mukaiset tehtävät", "Organisaation oma asiakas", "Avaa asiakkaan tiedot"):
        assert words in told, words
    told = answer(app, eeva, shared, "veera")
    assert "Jaettu tarkoitukseen: hyvinvointialueen osallistuminen" in told and "Saa nähdä" in told
    people = eeva.page.text[eeva.page.text.index("people-table") :]
    assert "Aarnio, Aino" in people and "Virta, Veera" in people and "Eklund, Eeva" not in people


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"ended_at": now()}, "oikeus on lopetettu"),
        ({"opened_at": None}, "ei ole vielä avattu"),
        ({"valid_to": date.today() - timedelta(days=1)}, "voimassaolo on päättynyt"),
        ({"valid_from": date.today() + timedelta(days=1), "valid_to": None}, "ei ole vielä alkanut"),
    ],
)
def test_it_tells_the_link_that_is_missing(app: Flask, shared: str, values: dict[str, Any], why: str) -> None:
    eeva = Browser(app).sign_in("eeva")
    with changed_right(app, "aino", **values):
        told = answer(app, eeva, shared, "aino")
        assert "Ei saa nähdä asiakkaan tietoja" in told and why in told
        assert "Aarnio, Aino" not in eeva.page.text[eeva.page.text.index("people-table") :]


def test_it_speaks_swedish(app: Flask, shared: str) -> None:
    bengt = Browser(app).sign_in("bengt")
    assert "Delad för: välfärdsområdets deltagande i planen" in answer(app, bengt, shared, "veera")


def test_an_administrator_meets_no_name_of_the_client(app: Flask, shared: str) -> None:
    bengt, eeva, path = Browser(app).sign_in("bengt"), Browser(app).sign_in("eeva"), f"/explanations/show/{shared}"
    found = re.search(r'class="lead">([^<]+)<', bengt.get(path).text)
    assert found and found.group(1) in bengt.get(f"/clients/show/{shared}").text
    assert found.group(1) not in eeva.get(path).text


def test_it_refuses_other_organisation(app: Flask, shared: str) -> None:
    cecilia_key = user_key(app, "cecilia")
    assert Browser(app).sign_in("eeva").get(f"/explanations/show/{shared}?who={cecilia_key}").status_code == 404
    assert Browser(app).sign_in("kaisa").get(f"/explanations/show/{shared}").status_code == 404
    for bad in ("x", "00000000-0000-4000-8000-000000000000"):
        assert Browser(app).sign_in("eeva").get(f"/explanations/show/{bad}").status_code == 404


@pytest.mark.parametrize("user", ["aino", "cecilia", "veera", "pekka"])
def test_it_refuses_wrong_role(app: Flask, shared: str, user: str) -> None:
    assert Browser(app).sign_in(user).get(f"/explanations/show/{shared}").status_code == 403


def test_it_records_the_event(app: Flask, shared: str) -> None:
    eeva = Browser(app).sign_in("eeva")
    with recorded(app) as events:
        eeva.get(f"/explanations/show/{shared}")
        eeva.get("/explanations/show/00000000-0000-4000-8000-000000000000")
    found = [(event.name, event.outcome, event.purpose, event.clients) for event in events()]
    assert found[0] == ("explanation:read", "DONE", "CONTROLLER", [shared]) and found[1][1] == "REFUSED"


def test_the_client_page_leads_here(app: Flask, shared: str) -> None:
    assert f"/explanations/show/{shared}" in Browser(app).sign_in("bengt").get(f"/clients/show/{shared}").text
    assert "/explanations/" not in Browser(app).sign_in("aino").get(f"/clients/show/{shared}").text


def explained(app: Flask, *arguments: str) -> Any:
    return app.test_cli_runner().invoke(args=["rights", "explain", *arguments])


def test_the_command_tells_the_same(sqlite_app: Flask) -> None:
    with sqlite_app.app_context(), acting_scope(Scope(VANTAA)):
        client = db.session.scalars(select(ClientMembership.client_id).where(ClientMembership.organisation_id == VANTAA).order_by(ClientMembership.client_id)).first() or ""
    run = explained(sqlite_app, "aino", client, "--json")
    found = json.loads(run.stdout)
    assert run.exit_code == 0 and found["may_see"] and found["refusal"] is None
    assert found["rights"][0]["relation"]["kind"] == "OWN" and found["rights"][0]["basis"]["code"] == "B1"
    refused = json.loads(explained(sqlite_app, "cecilia", client, "--json").stdout)
    assert not refused["may_see"] and refused["refusal"]["code"] == "NO_RELATION" and refused["refusal"]["sv"]
    assert json.loads(explained(sqlite_app, "eeva", client, "--json").stdout)["refusal"]["code"] == "ROLE_WITHOUT_CLIENTS"
    for arguments, code in ((("nobody", client), 1), (("aino", "00000000-0000-4000-8000-000000000000"), 1), (("aino", "x"), 2)):
        assert explained(sqlite_app, *arguments, "--json").exit_code == code, arguments
    assert "opens the client" in explained(sqlite_app, "aino", client).stdout
