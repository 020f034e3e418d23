"""A list narrowed by a worker: found by name, held in the address by key, for workers of the own organisation only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.access.actor import system_scope
from app.clients.models import Client
from app.db.base import db
from app.users.models import AccessGrant, User
from tests.support.app import Browser, counted_statements
from tests.support.plan_form import in_vantaa, new_client

LIMIT, PLACE = "f.responsible_worker_id", "/clients/limit/responsible_worker_id"


def key_of(app: Flask, username: str) -> int:
    with app.app_context(), system_scope():
        return int(db.session.scalar(select(User.id).where(User.username == username)) or 0)


def client_of(app: Flask, username: str) -> str:
    """Give the key of a new client of Vantaa for whom the worker answers."""
    key = new_client(app)
    with in_vantaa(app) as session:
        session.execute(update(Client).where(Client.id == key).values(responsible_worker_id=key_of(app, username)))
        session.commit()
    return key


def workers(page: Any) -> set[str]:
    return {unescape(name) for name in re.findall(r'data-label="(?:Vastuutyöntekijä|Ansvarig arbetstagare)"[^>]*>([^<]*)<', page.text)}


def chips(page: Any) -> list[str]:
    return [" ".join(re.sub(r"<[^>]+>", " ", chip).split()) for chip in re.findall(r'<a class="chip".*?</a>', page.text)]


def by_name(browser: Browser, name: str, query: str = "") -> Any:
    browser.get("/clients/list/")
    return browser.post(f"{PLACE}{query}", person_text=name, person="")


def suggested(browser: Browser, words: str, place: str = f"{PLACE}/suggest") -> Any:
    token = re.search(r'name="csrf-token" content="([^"]+)"', browser.get("/").text)
    assert token
    return browser.client.post(place, json={"q": words}, headers={"X-CSRFToken": token.group(1)})


@pytest.fixture
def liisa_has_left(sqlite_app: Flask) -> Iterator[int]:
    """A colleague whose right has ended and whose account is closed."""
    key = key_of(sqlite_app, "liisa.laine")

    def change(valid_to: date | None, *, active: bool) -> None:
        with sqlite_app.app_context(), system_scope():
            db.session.execute(update(AccessGrant).where(AccessGrant.user_id == key).values(valid_to=valid_to))
            db.session.execute(update(User).where(User.id == key).values(active=active))
            db.session.commit()

    change(date.today() - timedelta(days=1), active=False)
    yield key
    change(None, active=True)


def test_a_worker_is_found_by_name_and_the_address_holds_a_key(app: Flask, aino: Browser) -> None:
    client, key = client_of(app, "olli.ojala"), key_of(app, "olli.ojala")
    answer = by_name(aino, "ojala")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/clients/list/?{LIMIT}={key}")
    page = aino.get(f"/clients/list/?{LIMIT}={key}&psize=100&order=relationship_started&direction=desc")
    assert client in page.text and workers(page) == {"Ojala Olli"}
    assert chips(page) == ["Poista rajaus: Vastuutyöntekijä: Ojala Olli ×"]
    # Sending the panel again keeps the worker.
    assert re.search(rf'name="{LIMIT}" value="{key}" checked>\s*<label[^>]*>Ojala Olli<', page.text)
    gone = re.search(r'class="chip" href="([^"]+)"', page.text)
    assert gone and LIMIT not in gone.group(1) and len(workers(aino.get(unescape(gone.group(1))))) > 1


def test_the_other_limits_and_the_search_stay_and_the_page_is_the_first(aino: Browser) -> None:
    aino.get("/clients/list/")
    searched = aino.post("/clients/search?f.status=INTAKE", q="a").headers["Location"].partition("?")[2]
    where = by_name(aino, "Aarnio Aino", f"?{searched}&after=x&{LIMIT}=nobody").headers["Location"]
    assert all(part in where for part in ("f.status=INTAKE", "search=", f"{LIMIT}=")) and "after" not in where and "nobody" not in where
    assert aino.get(where).status_code == 200


def test_several_people_and_nobody_together(app: Flask, aino: Browser) -> None:
    client_of(app, "aino"), client_of(app, "olli.ojala"), new_client(app)
    page = aino.get(f"/clients/list/?{LIMIT}=me&{LIMIT}={key_of(app, 'olli.ojala')}&{LIMIT}=nobody&psize=100")
    assert workers(page) == {"Aarnio Aino", "Ojala Olli", ""} and len(chips(page)) == 3


@pytest.mark.parametrize(
    ("person", "typed", "sentence"),
    [
        ("aino", "nobody of this name", "Tällä nimellä ei löydy"), ("bengt", "nobody of this name", "med det namnet"), ("aino", "a", "Useita osumia"),
        ("bengt", "a", "Flera träffar"), ("aino", "", "Kirjoita ensin nimi"), ("bengt", "", "Skriv först ett namn"), ("aino", "cedergren", "Tällä nimellä ei löydy"),
    ],
)  # fmt: skip
def test_bad_input_is_explained(sqlite_app: Flask, person: str, typed: str, sentence: str) -> None:
    browser = Browser(sqlite_app).sign_in(person)
    answer = by_name(browser, typed, "?f.status=INTAKE")
    assert answer.headers["Location"] == "/clients/list/?f.status=INTAKE"
    told = re.search(r'class="message message-danger"[^>]*>(.*?)</p>', browser.get(answer.headers["Location"]).text, re.S)
    assert told and sentence in told.group(1)


def test_nobody_of_another_organisation_is_told(app: Flask, aino: Browser, cecilia: Browser) -> None:
    foreign = key_of(app, "cecilia")
    assert aino.get(f"/clients/list/?{LIMIT}={foreign}").status_code == 400
    aino.get("/clients/list/")
    answer = aino.post(PLACE, person_text="Cedergren Cecilia", person=str(foreign))
    assert answer.headers["Location"] == "/clients/list/"
    assert [row["text"] for row in suggested(aino, "e n").json] and suggested(aino, "cedergren").json == []
    assert suggested(cecilia, "aarnio").json == [] and suggested(cecilia, "ceder").json == [{"id": str(foreign), "text": "Cedergren Cecilia"}]


@pytest.mark.parametrize("query", [f"{LIMIT}=x", f"{LIMIT}=99999", f"{LIMIT}=-1", f"{LIMIT}=1%27", "&".join(f"{LIMIT}={number}" for number in range(1, 40))])
def test_what_is_no_key_is_refused(aino: Browser, query: str) -> None:
    assert aino.get(f"/clients/list/?{query}").status_code == 400


def test_other_readers_and_other_fields_are_refused(sqlite_app: Flask) -> None:
    eeva, aino = Browser(sqlite_app).sign_in("eeva"), Browser(sqlite_app).sign_in("aino")
    assert suggested(eeva, "a").status_code == 403
    eeva.get("/")
    assert eeva.post(PLACE, person_text="Aarnio").status_code == 403
    assert suggested(aino, "a", "/clients/limit/status/suggest").status_code == 404
    assert suggested(aino, "a", "/plans/limit/responsible_worker_id/suggest").status_code == 404
    aino.get("/clients/list/")
    assert aino.post("/clients/limit/home_municipality_id", person_text="Vantaa").status_code == 404
    assert suggested(Browser(sqlite_app).sign_in("veera"), "a").json == []


def test_one_who_has_left_is_found_while_clients_may_be_theirs(sqlite_app: Flask, liisa_has_left: int) -> None:
    client, aino = client_of(sqlite_app, "liisa.laine"), Browser(sqlite_app).sign_in("aino")
    assert suggested(aino, "laine").json == [{"id": str(liisa_has_left), "text": "Laine Liisa"}]
    assert suggested(aino, "laine", "/clients/suggest/responsible_worker_id").json == [], "a form does not offer them"
    where = by_name(aino, "laine").headers["Location"]
    assert client in aino.get(f"{where}&order=relationship_started&direction=desc&psize=100").text


def test_a_saved_limit_holds_a_worker(sqlite_app: Flask) -> None:
    bengt, key = Browser(sqlite_app).sign_in("bengt"), key_of(sqlite_app, "olli.ojala")
    bengt.get(f"/clients/list/?{LIMIT}={key}")
    bengt.post(f"/clients/preferences?{LIMIT}={key}", act="save", name="Ollis")
    page = bengt.get("/clients/list/")
    assert f'href="/clients/list/?{LIMIT}={key}">Ollis<' in page.text
    saved = re.search(r'name="key" value="([^"]+)"', page.text)
    assert saved
    bengt.post("/clients/preferences", act="drop", key=saved.group(1))


def test_it_costs_one_statement_while_it_is_in_use_and_none_before(app: Flask, aino: Browser) -> None:
    costs = []
    for query in ("", f"?{LIMIT}=me", f"?{LIMIT}={key_of(app, 'olli.ojala')}"):
        with counted_statements(app) as statements:
            assert aino.get(f"/clients/list/{query}").status_code == 200
        costs.append(len(statements))
    assert costs[0] == costs[1] == costs[2] - 1 <= 8
