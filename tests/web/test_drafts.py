"""Drafts and receipts: what is typed is kept for its writer alone until it is saved; one form makes one change."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.access.actor import system_scope
from app.db.base import db
from app.web.drafts import Draft
from tests.support.app import Browser
from tests.web.test_bulk_actions import foreign_client
from tests.web.test_forms import GOOD, add

PLACE = "/clients/add"


def value(page: Any, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*?value="([^"]*)"', page.text)
    return found.group(1) if found else ""


def type_in(browser: Browser, place: str, fields: dict[str, str], form: str | None = None) -> int:
    """Send what is typed as the page's script does; gives the status."""
    token = re.search(r'name="csrf-token" content="([^"]+)"', browser.page.text)
    assert token
    body = {"place": place, "form": form, "fields": [list(pair) for pair in fields.items()]}
    return browser.client.post("/drafts/keep", json=body, headers={"X-CSRFToken": token.group(1)}).status_code


@pytest.fixture
def writer(app: Flask) -> Browser:
    """Aino at an empty form."""
    aino = Browser(app).sign_in("aino")
    aino.get(PLACE)
    if 'aria-label="Luonnos"' in aino.page.text:
        aino.post("/drafts/drop", place=PLACE)
        aino.get(PLACE)
    return aino


def test_what_was_typed_is_there_after_a_new_sign_in(app: Flask, writer: Browser) -> None:
    assert type_in(writer, PLACE, {"family_name": "Keskeneräinen", "citizenship": "UA"}) == 204
    page = Browser(app).sign_in("aino").get(PLACE)
    assert value(page, "family_name") == "Keskeneräinen" and '<option value="UA" selected' in page.text
    assert "Alla on tallentamaton tekstisi" in page.text


def test_a_draft_is_its_writers_and_its_forms_alone(app: Flask, writer: Browser) -> None:
    type_in(writer, PLACE, {"family_name": "Omani"})
    assert "Omani" not in Browser(app).sign_in("bengt").get(PLACE).text
    client = re.search(r"/clients/show/([0-9a-f-]{36})", writer.get("/clients/list/").text)
    assert client and "Omani" not in writer.get(f"/clients/edit/{client.group(1)}").text


def test_saving_and_throwing_away_end_the_draft(writer: Browser) -> None:
    type_in(writer, PLACE, {"family_name": "Luonnostelija"})
    assert add(writer).status_code == 303  # type: ignore[attr-defined]
    assert value(writer.get(PLACE), "family_name") == ""
    type_in(writer, PLACE, {"family_name": "Turha"})
    writer.get(PLACE)
    assert writer.post("/drafts/drop", place=PLACE).headers["Location"] == PLACE
    assert value(writer.get(PLACE), "family_name") == ""


def test_a_late_draft_of_a_saved_form_is_not_kept(writer: Browser) -> None:
    form = value(writer.page, "_form")
    assert writer.post(PLACE, **GOOD, _form=form).status_code == 303
    writer.get("/")
    assert type_in(writer, PLACE, {"family_name": "Myöhäinen"}, form) == 204
    assert value(writer.get(PLACE), "family_name") == ""


def test_a_form_sent_twice_makes_one_client(app: Flask, writer: Browser) -> None:
    page = writer.page
    answers = []
    for _time in range(2):
        writer.page = page
        answers.append(writer.post(PLACE, **{**GOOD, "family_name": "Kahdesti"}, _form=value(page, "_form")).headers["Location"])
    assert answers[0] == answers[1]
    writer.get("/clients/list/")
    found = writer.get(writer.post("/clients/search", q="kahdesti").headers["Location"]).text
    assert len(re.findall(r"/clients/show/", found)) == 1


def test_a_draft_keeps_the_version_it_was_begun_on(app: Flask, writer: Browser) -> None:
    add(writer)
    path = writer.page.headers["Location"].replace("show", "edit")
    writer.get(path)
    version = value(writer.page, "_version")
    type_in(writer, path, {**GOOD, "call_name": "Minun", "_version": version})
    bengt = Browser(app).sign_in("bengt")
    bengt.get(path)
    assert bengt.post(path, **{**GOOD, "call_name": "Hänen"}).status_code == 303
    page = writer.get(path)
    assert value(page, "call_name") == "Minun"
    assert writer.post(path, **{**GOOD, "call_name": "Minun"}).status_code == 409


@pytest.mark.parametrize("place", ["/", "/clients/list/", "/drafts/keep", "https://x.fi/clients/add", "clients/add", "/nothing", 7, None])
def test_only_forms_have_drafts(writer: Browser, place: Any) -> None:
    assert type_in(writer, place, {"a": "b"}) in (400, 403)


def test_limits_and_rights_hold(app: Flask, writer: Browser) -> None:
    assert type_in(writer, PLACE, {"family_name": "x" * 300_000}) == 413
    eeva = Browser(app).sign_in("eeva")
    assert type_in(eeva, PLACE, {"family_name": "x"}) == 403
    assert app.test_client().post("/drafts/keep", json={}).status_code == 400
    assert writer.get(f"/notes/add?client={foreign_client(app)}").status_code == 404


def test_a_draft_is_encrypted_at_rest(sqlite_app: Flask) -> None:
    aino = Browser(sqlite_app).sign_in("aino")
    aino.get(PLACE)
    type_in(aino, PLACE, {"family_name": "Salainenhenkilö"})
    with sqlite_app.app_context(), system_scope():
        assert (db.session.scalar(select(func.count()).select_from(Draft)) or 0) > 0
        raw = b"".join(bytes(row) for row in db.session.execute(text("SELECT content FROM draft")).scalars())
    assert b"Salainen" not in raw
