"""A function that is off for an organisation leaves the navigation, and each of its routes says so; all others stay as they were."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.db.base import db
from app.db.types import new_id
from app.organisations.models import organisation_key
from app.switches.models import FunctionSwitch
from app.web.switches import FUNCTIONS, Switch, deciding, function_of_endpoint, is_on, is_on_by
from tests.support.app import Browser, counted_statements

TODAY = date.today()
LATER = TODAY + timedelta(days=30)
DAY = f"{LATER:%-d.%-m.%Y}"
VANTAA, PORVOO = organisation_key("MUNICIPALITY", "092"), organisation_key("MUNICIPALITY", "638")
HOME = organisation_key("NATIONAL_AGENCY", "KEHA")


@pytest.fixture(autouse=True)
def clean(request: pytest.FixtureRequest) -> Iterator[None]:
    # Only those that the test asks for: to ask for both would run each test that is about one of them twice.
    apps = [request.getfixturevalue(name) for name in ("app", "sqlite_app") if name in request.fixturenames]
    yield
    for each in apps:
        with each.app_context(), system_scope():
            for row in db.session.scalars(select(FunctionSwitch)):
                db.session.delete(row)
            db.session.commit()


def set_switch(app: Flask, function: str, **values: Any) -> str:
    row = {"function": function, "on_from": LATER, "owner": "KEHA", "note_fi": "Koulutus ensin.", "note_sv": "Utbildning först.", "org_id": HOME, **values}
    with app.app_context(), system_scope():
        found = FunctionSwitch(**row)
        db.session.add(found)
        db.session.commit()
        return str(found.id)


def row(organisation: str | None = None, environment: str | None = None, on_from: date | None = LATER) -> Switch:
    return Switch("plans", environment, organisation, on_from, {})


def test_the_row_of_an_organisation_decides_before_one_of_all_and_then_that_of_the_environment() -> None:
    every, here, own, both = row(), row(environment="DEMO"), row(organisation="a"), row("a", "DEMO")
    assert deciding([every, here, own, both], "plans", "DEMO", "a") is both
    assert deciding([every, here, own], "plans", "DEMO", "a") is own
    assert deciding([every, here, own], "plans", "DEMO", "b") is here
    assert deciding([every, here], "plans", "PRODUCTION", None) is every
    assert deciding([every], "reports", "DEMO", "a") is None


@pytest.mark.parametrize(("on_from", "on"), [(None, False), (TODAY + timedelta(days=1), False), (TODAY, True), (TODAY - timedelta(days=1), True)])
def test_a_function_is_on_from_its_day(on_from: date | None, on: bool) -> None:
    assert is_on_by(row(on_from=on_from), TODAY) is on
    assert is_on_by(None, TODAY)


def test_an_unknown_function_is_an_error(sqlite_app: Flask) -> None:
    with sqlite_app.test_request_context("/"), pytest.raises(KeyError):
        is_on("nothing")


def test_without_rows_everything_is_on(app: Flask, aino: Browser) -> None:
    assert aino.get("/plans/list/").status_code == 200
    with app.test_request_context("/"):
        assert all(is_on(key) for key in FUNCTIONS)


def test_an_organisation_without_it_is_told_from_when_and_another_works_on(app: Flask, aino: Browser, cecilia: Browser) -> None:
    assert 'href="/plans/list/"' in aino.get("/").text
    set_switch(app, "plans", organisation_id=VANTAA)
    page = aino.get("/plans/list/")
    assert page.status_code == 404
    assert "Suunnitelmat: ei vielä käytössä" in page.text and f"Se on käytössä {DAY} alkaen." in page.text and "Koulutus ensin." in page.text
    assert 'href="/plans/list/"' not in aino.get("/").text
    key = re.search(r"/clients/show/([0-9a-f-]{36})", aino.get("/clients/list/").text)
    assert key and 'href="/plans/' not in aino.get(f"/clients/show/{key.group(1)}").text
    assert cecilia.get("/plans/list/").status_code == 200


def test_it_is_told_in_swedish_and_without_a_day_too(app: Flask, cecilia: Browser) -> None:
    set_switch(app, "plans", on_from=None)
    page = cecilia.get("/plans/list/").text
    assert "Planer: inte i bruk ännu" in page and "Dagen har ännu inte bestämts." in page and "Utbildning först." in page


@pytest.mark.parametrize("function", sorted(set(FUNCTIONS) - {"training"}))
def test_every_route_of_a_function_is_refused_and_no_other(sqlite_app: Flask, function: str) -> None:
    bengt = Browser(sqlite_app).sign_in("bengt")
    set_switch(sqlite_app, function)
    rules = [rule for rule in sqlite_app.url_map.iter_rules() if function_of_endpoint(rule.endpoint, sqlite_app) == function]
    assert rules
    token = re.search(r'name="csrf-token" content="([^"]+)"', bengt.get("/").text)
    for rule in rules:
        path = re.sub(r"<[^>]*>", new_id(), rule.rule)
        verbs = set(rule.methods or ()) - {"HEAD", "OPTIONS"}
        method = "GET" if "GET" in verbs else min(verbs)
        answer = bengt.client.open(path, method=method, headers={"X-CSRFToken": token.group(1) if token else ""})
        assert answer.status_code == 404, path
        assert ("i bruk" in answer.text or "i bruk" in str(answer.json)), path
    others = [rule for rule in sqlite_app.url_map.iter_rules() if function_of_endpoint(rule.endpoint, sqlite_app) != function and rule.endpoint.endswith("View.list") and not rule.arguments]
    for rule in others:
        assert "inte i bruk" not in bengt.get(rule.rule).text, rule.rule


def test_whoever_has_not_signed_in_is_asked_to_first(sqlite_app: Flask) -> None:
    set_switch(sqlite_app, "plans")
    answer = sqlite_app.test_client().get("/plans/list/")
    assert answer.status_code in (302, 303) and "/login/" in answer.headers["Location"]


def test_pages_cost_no_statement_more_with_switches(app: Flask, aino: Browser) -> None:
    def cost() -> int:
        aino.get("/clients/list/")
        with counted_statements(app) as statements:
            aino.get("/clients/list/")
        return len(statements)

    without = cost()
    for function in ("reports", "imports", "transfers"):
        set_switch(app, function)
    assert cost() <= without


def test_the_national_administrator_takes_a_function_into_use_and_it_holds_at_once(app: Flask, aino: Browser) -> None:
    kaisa = Browser(app).sign_in("kaisa")
    kaisa.get("/functions/add")
    values = {"function": "reports", "environment": "", "on_from": LATER.isoformat(), "owner": "KEHA", "note_fi": "Ensin koulutus.", "note_sv": "Utbildning först."}
    assert kaisa.post("/functions/add", **values).status_code == 303
    assert "Ensin koulutus." in aino.get("/reports/").text
    kaisa.get("/functions/add")
    again = kaisa.post("/functions/add", **values)
    assert again.status_code == 422 and "Tälle on jo rivi." in again.text
    (key,) = set(re.findall(r"/functions/show/([0-9a-f-]{36})", kaisa.get("/functions/list/").text))
    assert "Ei vielä käytössä" in kaisa.get(f"/functions/show/{key}").text
    kaisa.get(f"/functions/edit/{key}")
    assert kaisa.post(f"/functions/edit/{key}", on_from=TODAY.isoformat(), owner="KEHA", note_fi="a", note_sv="b").status_code == 303
    assert aino.get("/reports/").status_code == 200


@pytest.mark.parametrize("name", ["aino", "eeva", "tuomas"])
def test_nobody_else_sets_functions(app: Flask, name: str) -> None:
    assert Browser(app).sign_in(name).get("/functions/list/").status_code == 403
