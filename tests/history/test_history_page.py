"""The pages of a record's history: changes in words, two versions compared, an earlier one restored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import Scope, acting_scope, system_scope
from app.audit.models import AuditEvent
from app.clients.facts import Note
from app.clients.models import Client
from app.db.base import db
from app.history.models import RowVersion
from app.organisations.models import organisation_key
from app.plans.models import IntegrationPlan
from tests.support.app import Browser, counted_statements, make_app, prepare

VANTAA = organisation_key("MUNICIPALITY", "092")


@pytest.fixture(scope="module")
def own_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application whose rows these tests may change."""
    folder: Path = tmp_path_factory.mktemp("history")
    app = make_app(folder)
    prepare(app, 60)
    return app


@pytest.fixture
def worker(own_app: Flask) -> Iterator[Browser]:
    with own_app.app_context(), system_scope():
        browser = Browser(own_app).sign_in("aino")
    yield browser


def saved(app: Flask, model: Any, *conditions: Any, **values: Any) -> str:
    """Change a row of the municipality, and give its key."""
    with app.app_context(), acting_scope(Scope(VANTAA)):
        row = db.session.scalars(select(model).where(model.org_id == VANTAA, *conditions).order_by(model.id)).first()
        assert row is not None
        for name, value in values.items():
            setattr(row, name, value)
        key = str(row.id)
        db.session.commit()
    return key


def a_note(browser: Browser, client: str, content: str) -> str:
    """Write an entry about a client through its form, and give its key."""
    browser.get(f"/notes/add?client={client}")
    answer = browser.post(f"/notes/add?client={client}", entry_date="2026-10-05", kind="OTHER", content=content)
    assert answer.status_code == 303, answer.text
    return str(re.search(r"/notes/show/([0-9a-f-]{36})", answer.headers["Location"]).group(1))  # type: ignore[union-attr]


def edited(browser: Browser, key: str, content: str) -> None:
    browser.get(f"/notes/edit/{key}")
    assert browser.post(f"/notes/edit/{key}", entry_date="2026-10-05", kind="OTHER", content=content).status_code == 303


@pytest.fixture
def client(own_app: Flask) -> str:
    return saved(own_app, Client, Client.non_disclosure.is_(False))


def test_each_change_is_told_in_words_with_who_and_when(worker: Browser, client: str) -> None:
    key = a_note(worker, client, "Ensimmäinen")
    edited(worker, key, "Toinen")
    assert f"/notes/history/{key}" in worker.get(f"/notes/show/{key}").text
    page = worker.get(f"/notes/history/{key}").text
    assert page.index("Toinen") < page.index("Kirjattu") and "Aino Aarnio" in page
    assert "Ensimmäinen → Toinen" in page


def test_two_versions_are_compared_side_by_side(worker: Browser, client: str) -> None:
    key = a_note(worker, client, "Ensimmäinen")
    edited(worker, key, "Toinen")
    edited(worker, key, "Kolmas")
    page = worker.get(f"/notes/history/{key}?earlier=1&later=2").text
    begins = page.index('id="changed-fields"')
    changed = page[begins : page.index("<details", begins)]
    assert "Ensimmäinen" in changed and "Toinen" in changed and "Muutettu" in changed and "Kolmas" not in page
    assert "5.10.2026" not in changed and "5.10.2026" in page


def test_an_earlier_version_is_restored_as_a_new_one(own_app: Flask, worker: Browser, client: str) -> None:
    key = a_note(worker, client, "Ensimmäinen")
    edited(worker, key, "Toinen")
    compared = worker.get(f"/notes/history/{key}?earlier=1").text
    assert f"/notes/restore/{key}?version=1" in compared
    assert "Ensimmäinen" in worker.get(f"/notes/restore/{key}?version=1").text
    assert worker.post(f"/notes/restore/{key}?version=1").status_code == 303
    assert "Ensimmäinen" in worker.get(f"/notes/show/{key}").text
    with own_app.app_context(), system_scope():
        kinds = db.session.execute(select(RowVersion.number, RowVersion.kind).where(RowVersion.row_id == key).order_by(RowVersion.number)).all()
    assert [tuple(row) for row in kinds] == [(1, "ADDED"), (2, "CHANGED"), (3, "RESTORED")]


def test_who_saved_meanwhile_is_told_and_nothing_is_restored(worker: Browser, client: str) -> None:
    key = a_note(worker, client, "Ensimmäinen")
    edited(worker, key, "Toinen")
    worker.get(f"/notes/restore/{key}?version=1")
    answer = worker.post(f"/notes/restore/{key}?version=1", _version="1")
    assert answer.status_code == 409 and "Aino Aarnio" in answer.text
    assert "Toinen" in worker.get(f"/notes/show/{key}").text


def test_a_rule_that_forbids_is_told_with_its_sentence(own_app: Flask, worker: Browser) -> None:
    asked = Client.non_disclosure.is_(False)
    key = saved(own_app, Client, asked, birth_date=date.today() + timedelta(days=40))
    saved(own_app, Client, Client.id == key, birth_date=date(1990, 5, 5))
    with own_app.app_context(), system_scope():
        number = db.session.scalars(select(RowVersion.number).where(RowVersion.row_id == key).order_by(RowVersion.number.desc())).all()[1]
    assert worker.get(f"/clients/restore/{key}?version={number}").status_code == 200
    answer = worker.post(f"/clients/restore/{key}?version={number}")
    assert answer.status_code == 422 and "Syntymäaika on tulevaisuudessa" in answer.text
    with own_app.app_context(), system_scope():
        assert db.session.get_one(Client, key).birth_date == date(1990, 5, 5)


def test_an_agreed_plan_is_not_restored(own_app: Flask, worker: Browser) -> None:
    key = saved(own_app, IntegrationPlan, IntegrationPlan.status == "IN_FORCE", follow_up="Toisin")
    page = worker.get(f"/plans/history/{key}").text
    assert "Toisin" in page
    number = re.search(r"earlier=(\d+)", page)
    assert number
    assert "/plans/restore/" not in worker.get(f"/plans/history/{key}?earlier={number.group(1)}").text
    for method in ("GET", "POST"):
        worker.get("/")
        answer = worker.get(f"/plans/restore/{key}?version=1") if method == "GET" else worker.post(f"/plans/restore/{key}?version=1")
        assert answer.status_code == 409


def test_what_is_protected_now_is_hidden_in_every_version(own_app: Flask, worker: Browser) -> None:
    key = saved(own_app, Client, Client.non_disclosure.is_(False), phone="040 1111111", no_identity_code_reason="PENDING")
    saved(own_app, Client, Client.id == key, phone="040 2222222", identity_code="010190-900P", trafficking_victim=True)
    open_page = worker.get(f"/clients/history/{key}").text
    assert "040 1111111 → 040 2222222" in open_page
    assert "010190-900P" not in open_page and "ihmiskaupan uhri" not in open_page.lower()
    saved(own_app, Client, Client.id == key, non_disclosure=True)
    with own_app.app_context(), system_scope():
        numbers = db.session.scalars(select(RowVersion.number).where(RowVersion.row_id == key).order_by(RowVersion.number)).all()
    pages = [f"/clients/history/{key}", *(f"/clients/history/{key}?earlier={number}" for number in numbers), f"/clients/restore/{key}?version={numbers[0]}"]
    for path in pages:
        answer = worker.get(path)
        assert answer.status_code == 200, path
        assert not [word for word in ("040 1111111", "040 2222222", "010190-900P") if word in answer.text], path
    assert worker.post(f"/clients/restore/{key}?version={numbers[0]}").status_code in (303, 422)
    with own_app.app_context(), system_scope():
        assert db.session.get_one(Client, key).phone == "040 2222222"
    saved(own_app, Client, Client.id == key, non_disclosure=False, trafficking_victim=False)


def test_reading_history_is_an_event(own_app: Flask, worker: Browser, client: str) -> None:
    def readings() -> int:
        with own_app.app_context(), system_scope():
            return len(db.session.scalars(select(AuditEvent).where(AuditEvent.name == "client:read", AuditEvent.row_id == client)).all())

    before = readings()
    worker.get(f"/clients/history/{client}")
    assert readings() == before + 1


def test_only_those_who_keep_records_read_history(own_app: Flask, worker: Browser, client: str) -> None:
    assert worker.get(f"/clients/history/{client}").status_code == 200
    assert Browser(own_app).sign_in("bengt").get(f"/clients/history/{client}").status_code == 200
    assert Browser(own_app).sign_in("cecilia").get(f"/clients/history/{client}").status_code == 404
    for username in ("eeva", "pekka", "veera", "lotta"):
        assert Browser(own_app).sign_in(username).get(f"/clients/history/{client}").status_code == 403


@pytest.mark.parametrize("query", ["earlier=x", "later=-1", "before=1e3"])
def test_a_number_that_is_none_is_refused(worker: Browser, client: str, query: str) -> None:
    assert worker.get(f"/clients/history/{client}?{query}").status_code == 400
    assert worker.get(f"/clients/history/{client}?earlier=9999").status_code == 404


def test_the_history_costs_at_most_eight_statements_and_a_save_one_more(own_app: Flask, worker: Browser, client: str) -> None:
    key = a_note(worker, client, "Ensimmäinen")
    edited(worker, key, "Toinen")
    worker.get(f"/notes/edit/{key}")
    with counted_statements(own_app) as statements:
        worker.post(f"/notes/edit/{key}", entry_date="2026-10-05", kind="OTHER", content="Kolmas")
    assert len([text for text in statements if "INTO row_version " in text]) == 1
    for path in (f"/notes/history/{key}", f"/clients/history/{client}"):
        with counted_statements(own_app) as statements:
            assert worker.get(path).status_code == 200
        assert 0 < len(statements) <= 8, statements


def test_long_histories_come_in_parts(own_app: Flask, worker: Browser, client: str) -> None:
    key = a_note(worker, client, "Ensimmäinen")
    with own_app.app_context(), acting_scope(Scope(VANTAA)):
        note = db.session.get_one(Note, key)
        for turn in range(60):
            note.content = f"Kerta {turn}"
            db.session.flush()
        db.session.commit()
    page = worker.get(f"/notes/history/{key}").text
    older = re.search(r'href="([^"]*before=\d+)"', page)
    assert older and "Ensimmäinen" not in page
    assert "Ensimmäinen → Kerta 0" in worker.get(older.group(1).replace("&amp;", "&")).text
