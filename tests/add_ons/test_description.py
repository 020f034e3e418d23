"""The description of the API is valid, holds every route, and answers are as it says."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from app.add_ons.scopes import scopes
from tests.add_ons.conftest import Program, accepted, issued
from tests.add_ons.test_tokens import NEW


@pytest.fixture(scope="module")
def told(app: Flask) -> dict[str, Any]:
    answer = app.test_client().get("/api/v1/_openapi", headers={"Accept-Language": "fi"})
    assert answer.status_code == 200
    return dict(answer.json)


def test_it_is_a_valid_description(told: dict[str, Any]) -> None:
    assert told["openapi"].startswith("3.1")
    validate(told)


def test_it_holds_every_route_of_the_api_and_no_other(app: Flask, told: dict[str, Any]) -> None:
    found = {
        (rule.rule.replace("<", "{").replace(">", "}"), verb.lower()) for rule in app.url_map.iter_rules()
        for verb in (rule.methods or set()) - {"HEAD", "OPTIONS"} if rule.rule.startswith("/api/v1/") and rule.endpoint != "described.openapi"
    }  # fmt: skip
    assert found == {(path, verb) for path, operations in told["paths"].items() for verb in operations}
    assert len(found) > 15


def test_every_operation_names_its_scope_and_every_scope_has_one(app: Flask, told: dict[str, Any]) -> None:
    used = {scope for operations in told["paths"].values() for one in operations.values() for way in one["security"] for scope in way.get("token", ())}
    with app.app_context():
        assert used == set(scopes())
    open_ones = {path for path, operations in told["paths"].items() for one in operations.values() if not one["security"]}
    assert open_ones and all(path.startswith("/api/v1/open/") for path in open_ones)


def test_fields_have_their_titles_in_the_language_asked_for(app: Flask, told: dict[str, Any]) -> None:
    in_swedish = app.test_client().get("/api/v1/_openapi", headers={"Accept-Language": "sv"}).json
    titles = [document["components"]["schemas"]["clients-add"]["properties"]["family_name"]["title"] for document in (told, in_swedish)]
    assert titles == ["Sukunimi", "Efternamn"]


def _check(told: dict[str, Any], path: str, verb: str, answer: Any) -> None:
    described = told["paths"][path][verb]["responses"]
    assert str(answer.status_code) in described, answer.status_code
    schema = {**described[str(answer.status_code)]["content"]["application/json"]["schema"], "components": told["components"]}
    Draft202012Validator(schema).validate(answer.json)


def test_answers_are_as_described(app: Flask, told: dict[str, Any]) -> None:
    program = Program(app, issued(app, accepted(app, "Kuvattu", *(f"{name}:{way}" for name in ("clients", "notes") for way in ("read", "write")))))
    body = told["components"]["schemas"]["clients-add"]
    Draft202012Validator({**body, "components": told["components"]}).validate(NEW)
    kept = program("POST", "/clients/", NEW)
    _check(told, "/api/v1/clients/", "post", kept)
    _check(told, "/api/v1/clients/", "post", program("POST", "/clients/", {**NEW, "family_name": ""}))
    _check(told, "/api/v1/clients/", "post", program("POST", "/clients/", [NEW]))
    _check(told, "/api/v1/clients/", "get", program("GET", "/clients/"))
    one, path = f"/clients/{kept.json['id']}", "/api/v1/clients/{pk}"
    _check(told, path, "get", program("GET", one))
    _check(told, path, "put", program("PUT", one, {"call_name": "Kutsuma", "version": kept.json["version"]}))
    _check(told, path, "put", program("PUT", one, {"call_name": "Toinen", "version": kept.json["version"]}))
    _check(told, path, "get", program("GET", "/clients/00000000-0000-4000-8000-000000000000"))
    note = program("POST", f"/notes/?client={kept.json['id']}", {"entry_date": "2026-10-01", "kind": "CONTACT", "content": "Soitto."})
    _check(told, "/api/v1/notes/", "post", note)
    _check(told, "/api/v1/notes/", "get", program("GET", f"/notes/?client={kept.json['id']}"))
    _check(told, "/api/v1/organisations/", "get", program("GET", "/organisations/"))
    _check(told, "/api/v1/clients/", "get", Program(app, "koto_none")("GET", "/clients/"))


def test_a_body_that_is_not_as_described_is_refused(app: Flask, told: dict[str, Any]) -> None:
    program = Program(app, issued(app, accepted(app, "Väärä", "clients:write")))
    judge = Draft202012Validator(told["components"]["schemas"]["clients-add"])
    for bad in ({**NEW, "citizenship": "nothing"}, {**NEW, "unknown": "x"}, {name: value for name, value in NEW.items() if name != "family_name"}):
        assert not judge.is_valid(bad)
        assert program("POST", "/clients/", bad).status_code == 422


def test_every_resource_answers_as_described_and_never_with_a_fault(app: Flask, told: dict[str, Any]) -> None:
    """Whatever resources there are: their lists, rows, empty bodies and changes of nothing."""
    with app.app_context():
        names = [name for name in scopes() if not name.startswith(("imports", "figures"))]
    program = Program(app, issued(app, accepted(app, "Kaikki", *names)))
    resources = sorted({name.split(":")[0] for name in names})
    assert len(resources) > 5
    client = program("GET", "/clients/").json["result"][0]["id"]
    changed = 0
    for resource in resources:
        listed, one = f"/api/v1/{resource}/", f"/api/v1/{resource}/{{pk}}"
        answer = program("GET", f"/{resource}/")
        _check(told, listed, "get", answer)
        if "post" in told["paths"][listed]:
            for query in ("", f"?client={client}", "?client=none", "?plan=none"):
                refused = program("POST", f"/{resource}/{query}", {})
                assert refused.status_code in (404, 409, 422), (resource, query, refused.status_code)
                _check(told, listed, "post", refused)
        for row in answer.json["result"][:3]:
            shown = program("GET", f"/{resource}/{row['id']}")
            _check(told, one, "get", shown)
            if "put" in told["paths"][one]:
                kept = program("PUT", f"/{resource}/{row['id']}", {"version": shown.json["version"]})
                assert kept.status_code in (200, 409, 422), (resource, kept.status_code)
                changed += kept.status_code == 200
                _check(told, one, "put", kept)
    assert changed > 3
