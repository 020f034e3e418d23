"""What an event holds: who, role, organisation, purpose, clients, row and version, criteria and hits; never a value."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from flask import Flask

from app.audit.content import SEALED_COLUMNS, canonical, current_keys
from app.audit.models import AuditEvent
from app.audit.record import record_event
from app.db.base import db
from app.organisations.models import organisation_key
from tests.support.app import Browser, counted_statements
from tests.support.audit import recorded

VANTAA = organisation_key("MUNICIPALITY", "092")


def test_a_page_of_a_client_is_one_event_with_everything(app: Flask, aino: Browser) -> None:
    key = re.search(r"/clients/show/([0-9a-f-]{36})", aino.get("/clients/list/").text)
    assert key
    with recorded(app) as events:
        page = aino.get(f"/clients/show/{key.group(1)}")
        assert page.status_code == 200
    (event,) = events()
    assert (event.name, event.outcome, event.role, event.organisation_id, event.purpose) == ("client:read", "DONE", "CASEWORKER", VANTAA, "INTEGRATION_SERVICE")
    assert event.clients == [key.group(1)] and event.row_id == key.group(1) and event.user_id and event.row_version and event.request_id
    assert (event.criteria, event.hits, event.fields) == (None, None, None)


def test_a_change_tells_the_new_version_and_the_columns(app: Flask, aino: Browser) -> None:
    path = re.search(r"/clients/show/([0-9a-f-]{36})", aino.get("/clients/list/").text)
    assert path
    aino.get(f"/notes/add?client={path.group(1)}")
    with recorded(app) as events:
        assert aino.post(f"/notes/add?client={path.group(1)}", kind="CALL", entry_date="2026-10-01", content="Salainen asia").status_code == 303
    (event,) = events()
    assert (event.name, event.row_version, event.clients) == ("note:added", 1, [path.group(1)])
    assert {"content", "kind", "entry_date"} <= set((event.fields or "").split(","))
    note = aino.get(aino.page.headers["Location"])
    assert note.status_code == 200
    aino.get(f"/notes/edit/{event.row_id}")
    with recorded(app) as events:
        assert aino.post(f"/notes/edit/{event.row_id}", kind="CALL", entry_date="2026-10-01", content="Toinen asia").status_code == 303
    (changed,) = events()
    assert (changed.name, changed.row_version) == ("note:changed", 2) and "content" in (changed.fields or "") and "kind" not in (changed.fields or "").split(",")
    assert "asia" not in repr(changed)


@pytest.mark.parametrize(
    ("words", "name", "criteria"),
    [("a", "client:searched", "name"), ("qqzz", "client:searched", "name"), ("1.1.1990", "client:searched", "birth_date"),
     ("010190-900P", "client:searched", "identity_code"), ("", "client:listed", None)],
)  # fmt: skip
def test_a_search_tells_what_kind_of_thing_was_looked_for_and_how_many_were_found(app: Flask, aino: Browser, words: str, name: str, criteria: str | None) -> None:
    aino.get("/clients/list/")
    found = aino.post("/clients/search", q=words)
    with recorded(app) as events:
        page = aino.get(found.headers["Location"])
    (event,) = events()
    hits = re.search(r'class="count">(\d+)', page.text)
    assert hits and (event.name, event.criteria, event.hits) == (name, criteria, int(hits.group(1)))
    assert len(event.clients) == min(event.hits or 0, 25)
    if len(words) > 1:
        assert words not in repr(event)


def test_limits_of_a_list_and_an_export_are_told_by_the_names_of_their_columns(app: Flask) -> None:
    bengt = Browser(app).sign_in("bengt")
    path = "/clients/list/?f.status=INTAKE&f.relationship_started.from=2020-01-01"
    with recorded(app) as events:
        bengt.get(path)
        assert bengt.post(path.replace("list/", "export"), form="csv").status_code == 200
    listed, exported = events()
    assert (listed.name, listed.criteria) == ("client:listed", "relationship_started,status")
    assert (exported.name, exported.criteria) == ("client:exported", "relationship_started,status") and exported.hits == len(exported.clients)


def test_the_api_tells_the_same(app: Flask, aino: Browser) -> None:
    with recorded(app) as events:
        count = aino.get("/api/v1/clients/?f.status=INTAKE").json["count"]
    (event,) = events()
    assert (event.name, event.criteria, event.hits) == ("client:listed", "status", count)


def test_who_sees_no_client_leaves_no_event_of_clients_on_the_front_page(app: Flask) -> None:
    eeva = Browser(app).sign_in("eeva")
    with recorded(app) as events:
        assert eeva.get("/").status_code == 200
    assert events() == []


def test_an_event_costs_two_statements_and_one_with_postgresql(app: Flask) -> None:
    with app.test_request_context(), counted_statements(app) as statements:
        record_event(db.session, "client:listed", client_ids=[f"{number:036}" for number in range(25)])
        inserts = [text for text in statements if "INSERT" in text]
        name = db.session.get_bind().dialect.name
        db.session.rollback()
    assert len(inserts) == {"sqlite": 2, "postgresql": 1}[name]


def test_the_mark_is_of_the_bytes_that_are_sealed(sqlite_app: Flask) -> None:
    event = {**dict.fromkeys(SEALED_COLUMNS), "id": "x", "at": datetime(2026, 1, 2, tzinfo=UTC)}
    with sqlite_app.app_context():
        keys = current_keys()
        mark = keys.mark(canonical(event, ["a", "b"]))
        assert len(mark) == 40 and keys.is_mark_of(mark, canonical(event, ["a", "b"]))
        for changed, clients in ((event, ["a"]), (event, ["a,b"]), (event | {"hits": 0}, ["a", "b"]), (event | {"role": ""}, ["a", "b"])):
            assert not keys.is_mark_of(mark, canonical(changed, clients))


def test_every_column_of_an_event_is_sealed() -> None:
    assert {column.name for column in AuditEvent.__table__.columns} == {*SEALED_COLUMNS, "mark"}
