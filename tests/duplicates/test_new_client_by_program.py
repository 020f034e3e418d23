"""A program that adds a client is asked the same as a person is; and nobody seeks more new clients than work needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from app import create_app
from tests.duplicates.conftest import FORM, PORVOO
from tests.duplicates.test_new_client_sought import cases
from tests.support.app import Browser
from tests.support.audit import recorded
from tests.support.log_lines import log_lines
from tests.web.test_api import Api

BODY = {name: value for name, value in FORM.items() if not name.endswith("_text")}


@pytest.fixture
def api(app: Flask) -> Api:
    return Api(app, "aino")


def post(api: Api, judged: str = "", **values: Any) -> Any:
    return api("POST", f"/clients/{judged and '?_another_person=' + judged}", {**BODY, **values})


def test_a_program_is_asked_and_goes_on_with_the_keys_of_others(app: Flask, api: Api, aino: Browser, person: Callable[..., str]) -> None:
    known = person()
    with recorded(app) as told:
        asked = post(api)
    assert (asked.status_code, asked.json["may_go_on"]) == (409, True)
    assert asked.json["same"] == [{"id": known, "why": "Sama syntymäaika ja nimi"}]
    assert [(event.name, event.clients) for event in told()] == [("client:searched", [known])]
    assert post(api, "00000000-0000-4000-a000-000000000000").status_code == 409
    made = post(api, known)
    assert made.status_code == 201
    assert f"/propose/{known}/{made.json['id']}" not in aino.get(f"/same-persons/candidates/{known}").text


def test_a_program_cannot_go_on_with_a_code_that_is_in_use(api: Api, person: Callable[..., str]) -> None:
    known = person(identity_code="170331-9235", no_identity_code_reason=None)
    asked = post(api, known, identity_code="170331-9235", no_identity_code_reason=None, family_name="Toinen")
    assert (asked.status_code, asked.json["may_go_on"]) == (409, False)


def test_new_clients_of_a_program_are_asked_of_others_too(api: Api, cecilia: Browser, person: Callable[..., str]) -> None:
    before = set(cases(cecilia))
    person(PORVOO)
    assert post(api).status_code == 201
    assert len(set(cases(cecilia)) - before) == 1


def test_seeking_is_counted_for_each_person_and_whichever_way(app: Flask, person: Callable[..., str]) -> None:
    settings = replace(app.config["KOTO"], new_client_rate_limit="2 per hour")
    counting = create_app(settings)
    api, aino = Api(counting, "aino"), Browser(counting).sign_in("aino")
    person()
    assert post(api).status_code == 409
    aino.get("/clients/add")
    assert aino.post("/clients/add", **FORM).status_code == 200
    aino.get("/clients/add")
    with recorded(app) as told, log_lines() as written:
        page = aino.post("/clients/add", **FORM)
    assert page.status_code == 429 and 'value="Testaaja"' in page.text and "monta uutta asiakasta" in page.text
    assert [(event.name, event.outcome) for event in told()] == [("client:added", "REFUSED")]
    assert "new_clients_limited" in written.getvalue()
    assert post(api).status_code == 429
    assert post(Api(counting, "bengt")).status_code == 409, "another person is not kept from work"
