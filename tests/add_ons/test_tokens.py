"""What a token opens, and what it does not: scopes, the right behind it, its end."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.add_ons.models import AddOn, ApiToken
from app.audit.models import AuditEvent
from app.clients.models import Client
from app.db.base import db
from app.users.models import AccessGrant
from tests.add_ons.conftest import Program, accepted, applied, issued
from tests.support.app import Browser, counted_statements, make_app
from tests.web.test_forms import GOOD

NEW = {**GOOD, "birth_date": "1987-11-23", "interpreter_needed": False, "call_name": None}


@pytest.fixture
def reading(app: Flask, request: pytest.FixtureRequest) -> tuple[str, Program]:
    """An add-on that reads clients, and a program with its token."""
    key = accepted(app, f"Lukija {request.node.name}"[:60], "clients:read")
    return key, Program(app, issued(app, key))


def event_of(app: Flask, name: str) -> Any:
    with app.config["OWNER"].app_context(), system_scope():
        return db.session.scalars(select(AuditEvent).where(AuditEvent.name == name).order_by(AuditEvent.at.desc(), AuditEvent.id)).first()


def test_a_program_reads_the_clients_of_its_municipality_and_no_other(app: Flask, reading: tuple[str, Program]) -> None:
    key, program = reading
    rows = program("GET", "/clients/").json["result"]
    with app.config["OWNER"].app_context(), system_scope():
        add_on = db.session.get_one(AddOn, key)
        homes = dict(db.session.execute(select(Client.id, Client.org_id)).all())
        account, vantaa = add_on.grant.user_id, add_on.org_id
    assert rows and {homes[row["id"]] for row in rows} == {vantaa}
    foreign = next(client for client, home in homes.items() if home != vantaa)
    assert program("GET", f"/clients/{rows[0]['id']}").status_code == 200
    told = event_of(app, "client:read")
    assert (told.user_id, told.organisation_id, told.outcome) == (account, vantaa, "DONE")
    assert program("GET", f"/clients/{foreign}").status_code == 404


def test_a_scope_opens_itself_and_nothing_beside_it(app: Flask, reading: tuple[str, Program]) -> None:
    _key, program = reading
    for method, path, body in (("POST", "/clients/", NEW), ("GET", "/notes/", None), ("GET", "/organisations/", None), ("POST", "/imports/", {}), ("GET", "/figures/", None)):
        answer = program(method, path, body)
        assert answer.status_code == 403, path
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Koto-digi", error="insufficient_scope"'
    assert program("GET", "/clients/").status_code == 200


def test_a_program_writes_without_a_form_token(app: Flask) -> None:
    program = Program(app, issued(app, accepted(app, "Kirjoittaja", "clients:read", "clients:write")))
    answer = program("POST", "/clients/", NEW)
    assert answer.status_code == 201, answer.text
    path = answer.headers["Location"].removeprefix("/api/v1")
    assert program("PUT", path, {"call_name": "Kutsuma", "version": answer.json["version"]}).status_code == 200
    assert program("GET", path).json["call_name"] == "Kutsuma"
    late = program("POST", "/clients/", {**NEW, "birth_date": "2199-01-01"})
    assert late.status_code == 422 and "tulevaisuudessa" in late.json["errors"]["birth_date"][0]
    in_swedish = Program(app, program.headers["Authorization"].split()[1], "sv")("POST", "/clients/", {**NEW, "birth_date": "2199-01-01"})
    assert "framtiden" in in_swedish.json["errors"]["birth_date"][0]


def test_the_session_of_a_browser_still_needs_a_form_token(app: Flask) -> None:
    aino = Browser(app).sign_in("aino")
    assert aino.client.post("/api/v1/clients/", json=NEW).status_code == 400
    # A made-up token beside the cookie does not let it through either, nor does the cookie let the token through.
    assert aino.client.post("/api/v1/clients/", json=NEW, headers={"Authorization": "Bearer koto_made-up"}).status_code == 401
    assert aino.client.get("/api/v1/clients/", headers={"Authorization": "Bearer koto_made-up"}).status_code == 401
    assert aino.client.get("/api/v1/clients/").status_code == 200


@pytest.mark.parametrize("token", ["", "koto_", "x" * 43, "x" * 5000, "koto_ä", "\x7f", "a b"])
def test_what_is_no_token_opens_nothing(app: Flask, token: str) -> None:
    answer = Program(app, token)("GET", "/clients/")
    assert answer.status_code == 401 and answer.json["message"]
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Koto-digi", error="invalid_token"'


def test_whoever_shows_nothing_is_told_what_is_needed(app: Flask) -> None:
    answer = app.test_client().get("/api/v1/clients/")
    assert answer.status_code == 401 and answer.headers["WWW-Authenticate"] == 'Bearer realm="Koto-digi"'


def test_a_token_opens_no_page_and_gets_no_cookie(app: Flask, reading: tuple[str, Program]) -> None:
    _key, program = reading
    with program.client as client:
        page = client.get("/clients/list/", headers=program.headers)
        assert page.status_code in (302, 303) and "/login/" in page.location
        answer = client.get("/api/v1/clients/", headers=program.headers)
        assert answer.status_code == 200 and "Set-Cookie" not in answer.headers


def _end_token(app: Flask, key: str) -> None:
    with app.app_context(), system_scope():
        token = db.session.scalars(select(ApiToken.id).where(ApiToken.add_on_id == key)).one()
    eeva = Browser(app).sign_in("eeva")
    eeva.get(f"/add-on-tokens/show/{token}")
    assert eeva.post(f"/add-on-tokens/end/{token}").status_code == 303
    eeva.get("/add-ons/list/")
    assert eeva.post(f"/add-on-tokens/end/{token}").status_code == 409


def _end_add_on(app: Flask, key: str) -> None:
    eeva = Browser(app).sign_in("eeva")
    eeva.get(f"/add-ons/end/{key}")
    assert eeva.post(f"/add-ons/end/{key}", end_reason="TASK_ENDED").status_code == 303


def _end_by_agency(app: Flask, key: str) -> None:
    kaisa = Browser(app).sign_in("kaisa")
    kaisa.get(f"/add-on-decisions/end/{key}")
    assert kaisa.post(f"/add-on-decisions/end/{key}", end_reason="SECURITY").status_code == 303


def _end_right(app: Flask, key: str) -> None:
    with app.app_context(), system_scope():
        grant = db.session.get_one(AddOn, key).grant_id
    eeva = Browser(app).sign_in("eeva")
    eeva.get(f"/user-rights/end/{grant}")
    assert eeva.post(f"/user-rights/end/{grant}", end_reason="MISUSE").status_code == 303


def _let_lapse(model: Any) -> Any:
    def act(app: Flask, key: str) -> None:
        with app.app_context(), system_scope():
            add_on = db.session.get_one(AddOn, key)
            row = add_on.grant if model is AccessGrant else db.session.scalars(select(ApiToken).where(ApiToken.add_on_id == key)).one()
            row.valid_from = row.valid_from - timedelta(days=2) if model is AccessGrant else None
            row.valid_to = date.today() - timedelta(days=1)
            db.session.commit()

    return act


def _close_account(app: Flask, key: str) -> None:
    with app.app_context(), system_scope():
        db.session.get_one(AddOn, key).grant.user.active = False
        db.session.commit()


@pytest.mark.parametrize("end", [_end_token, _end_add_on, _end_by_agency, _end_right, _let_lapse(ApiToken), _let_lapse(AccessGrant), _close_account])
def test_the_next_request_after_an_end_is_refused(app: Flask, end: Any) -> None:
    key = accepted(app, f"Päättyvä {end.__qualname__} {id(end)}"[:60], "clients:read")
    program = Program(app, issued(app, key))
    assert program("GET", "/clients/").status_code == 200
    end(app, key)
    assert program("GET", "/clients/").status_code == 401


def test_the_use_of_a_token_and_its_right_is_written_down(app: Flask, reading: tuple[str, Program]) -> None:
    key, program = reading
    with app.app_context(), system_scope():
        assert db.session.scalars(select(ApiToken.last_used_at).where(ApiToken.add_on_id == key)).one() is None
    program("GET", "/clients/")
    with app.app_context(), system_scope():
        token = db.session.scalars(select(ApiToken).where(ApiToken.add_on_id == key)).one()
        assert token.last_used_at is not None and token.version == 1
        assert db.session.get_one(AddOn, key).grant.last_used_on == date.today()
    with counted_statements(app) as found:
        program("GET", "/clients/")
    assert not [text for text in found if text.startswith("UPDATE")]
    # Who asks costs two statements more than a list of clients does by itself.
    assert len(found) <= 8, found


def test_requests_are_counted_for_each_token_and_not_for_people(app: Flask) -> None:
    tokens = [issued(app, accepted(app, f"Laskettu {number}", "organisations:read")) for number in range(2)]
    limited = make_app(Path(app.instance_path), app.config["KOTO"].database_url, {"KOTO_API_RATE_LIMIT": "3 per minute"}, RATELIMIT_ENABLED=True)
    busy, calm = (Program(limited, token) for token in tokens)
    answers = [busy("GET", "/organisations/") for _time in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["Retry-After"] and answers[-1].json["message"]
    assert calm("GET", "/organisations/").status_code == 200
    aino = Browser(limited).sign_in("aino")
    assert {aino.client.get("/api/v1/organisations/").status_code for _time in range(5)} == {200}


def test_an_add_on_that_waits_has_no_right_and_no_token(app: Flask) -> None:
    key = applied(app, "Odottava", "clients:read")
    eeva = Browser(app).sign_in("eeva")
    assert eeva.get(f"/add-ons/issue/{key}").status_code == 409
    with app.app_context(), system_scope():
        assert db.session.get_one(AddOn, key).grant_id is None


def test_the_account_of_an_add_on_does_not_sign_in(app: Flask, reading: tuple[str, Program]) -> None:
    key, program = reading
    browser = Browser(app)
    for password in ("", "None", program.headers["Authorization"].split()[1]):
        browser.get("/login/")
        assert browser.post("/login/", username=f"add-on-{key}", password=password).status_code in (401, 422)


def test_a_program_books_an_appointment(app: Flask) -> None:
    program = Program(app, issued(app, accepted(app, "Ajanvaraus", "clients:read", "appointments:read", "appointments:write")))
    client = program("GET", "/clients/").json["result"][0]["id"]
    path = f"/appointments/?client={client}"
    refused = program("POST", path, {})
    assert refused.status_code == 422 and refused.json["errors"]
    wanted = app.test_client().get("/api/v1/_openapi").json["components"]["schemas"]["appointments-add"]
    body = {name: wanted["properties"][name].get("enum", [None])[0] for name in wanted["required"]}
    body |= {"held_on": "2027-01-11", "clock": "09:30", "booked_on": f"{date.today()}", "language": "fi"}
    answer = program("POST", path, body)
    assert answer.status_code == 201, answer.text
    row = program("GET", f"/appointments/{answer.json['id']}").json
    assert row["held_on"] == "2027-01-11" and event_of(app, "appointment:added").row_id == answer.json["id"]
