"""The JSON API: the same permissions, scope, rules and events as the pages; reasons for each refusal."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from tests.support.app import Browser, counted_statements
from tests.web.test_bulk_actions import foreign_client
from tests.web.test_forms import CODE, GOOD

# Born on another day than the client of the forms: the same person would be asked about.
NEW = {**GOOD, "birth_date": "1987-11-23", "interpreter_needed": False, "call_name": None}


class Api:
    """A signed-in browser that sends JSON with the form token."""

    def __init__(self, app: Flask, username: str) -> None:
        self.browser = Browser(app).sign_in(username)
        token = re.search(r'name="csrf-token" content="([^"]+)"', self.browser.page.text)
        assert token
        self.headers = {"X-CSRFToken": token.group(1)}

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        return self.browser.client.open(f"/api/v1{path}", method=method, json=body, headers=self.headers)


@pytest.fixture
def api(app: Flask) -> Api:
    return Api(app, "aino")


def test_a_list_gives_the_own_clients_page_by_page(app: Flask, api: Api) -> None:
    seen: list[str] = []
    after = ""
    while after is not None:
        answer = api("GET", f"/clients/?psize=7{after and '&after=' + after}").json
        seen += [row["id"] for row in answer["result"]]
        after = answer["next_after"]
    assert len(seen) == len(set(seen)) == answer["count"] > 7
    foreign = foreign_client(app)
    assert foreign not in seen and api("GET", f"/clients/{foreign}").status_code == 404


def test_a_row_is_what_the_page_shows_with_codes_and_iso_dates(api: Api) -> None:
    key = api("GET", "/clients/").json["result"][0]["id"]
    row = api("GET", f"/clients/{key}").json
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", row["birth_date"]) and row["citizenship"].isupper() and isinstance(row["version"], int)
    assert "identity_code" not in row and "street_address" not in row


def test_a_client_is_added_and_changed_by_the_forms_rules(api: Api) -> None:
    answer = api("POST", "/clients/", NEW)
    assert answer.status_code == 201 and answer.headers["Location"] == f"/api/v1/clients/{answer.json['id']}"
    path, version = f"/clients/{answer.json['id']}", answer.json["version"]
    changed = api("PUT", path, {"call_name": "Kutsuma", "version": version})
    assert changed.status_code == 200
    row = api("GET", path).json
    assert row["call_name"] == "Kutsuma" and row["family_name"] == "Testinen"
    assert api("PUT", path, {"call_name": "Toinen", "version": version}).status_code == 409
    assert api("GET", path).json["call_name"] == "Kutsuma"
    late = api("PUT", path, {"birth_date": "2199-01-01", "version": row["version"]})
    assert late.status_code == 422 and "tulevaisuudessa" in late.json["errors"]["birth_date"][0]
    assert api("DELETE", path).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [({}, 422), ({**NEW, "org_id": "x"}, 422), ({**NEW, "family_name": ["x"]}, 422), ([NEW], 400), ("x", 400), (None, 400),
     ({**NEW, "citizenship": "nothing"}, 422), ({**NEW, "identity_code": CODE}, 422), ({**NEW, "home_municipality_id": 7}, 422)],
)  # fmt: skip
def test_bad_bodies_are_refused_with_reasons(api: Api, body: Any, status: int) -> None:
    answer = api("POST", "/clients/", body)
    assert answer.status_code == status and answer.json["message"]


def test_a_note_is_added_under_its_client_and_deleted(app: Flask, api: Api) -> None:
    client = api("GET", "/clients/").json["result"][0]["id"]
    note = {"entry_date": "2026-11-01", "kind": "CONTACT", "content": "Rajapinnasta"}
    kinds = re.findall(r'<option value="([A-Z_]+)"', api.browser.get(f"/notes/add?client={client}").text)
    note["kind"] = kinds[0]
    made = api("POST", f"/notes/?client={client}", note)
    assert made.status_code == 201, made.json
    assert api("POST", f"/notes/?client={foreign_client(app)}", note).status_code == 404
    assert api("POST", "/notes/", note).status_code == 404
    path = f"/notes/{made.json['id']}"
    assert api("DELETE", path).status_code == 204 and api("GET", path).status_code == 404


def test_the_permissions_of_the_pages_hold(app: Flask) -> None:
    assert app.test_client().get("/api/v1/clients/").status_code == 401
    assert Api(app, "eeva")("GET", "/clients/").status_code == 403
    assert Api(app, "eeva")("GET", "/organisations/").status_code == 200
    veera = Api(app, "veera")
    assert veera("GET", "/clients/").json["count"] <= 1 and veera("POST", "/clients/", NEW).status_code == 403
    assert veera("POST", "/organisations/", {}).status_code == 404


def test_a_change_without_the_form_token_is_refused(api: Api) -> None:
    key = api("GET", "/clients/").json["result"][0]["id"]
    api.headers = {}
    for method, path in (("POST", "/clients/"), ("PUT", f"/clients/{key}"), ("DELETE", f"/notes/{key}")):
        assert api(method, path, NEW).status_code == 400


def test_a_page_of_rows_costs_no_more_than_the_list(app: Flask, api: Api) -> None:
    with counted_statements(app) as statements:
        api("GET", "/clients/?psize=100")
    assert 0 < len(statements) <= 8
