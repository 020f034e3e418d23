"""The pages of a child's view and of a representative, and the time limits that follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from flask import Flask
from sqlalchemy import delete, select

from app.children.models import ChildHearing, Representative
from app.clients.models import Client
from app.obligations.models import ClientObligation
from app.plans.models import IntegrationPlan
from tests.support.app import Browser
from tests.support.form import typed
from tests.support.plan_form import in_vantaa
from tests.support.plan_life import plan_with

TODAY = date.today()
BORN = TODAY - relativedelta(years=17)


@pytest.fixture(scope="module")
def plan_id(sqlite_app: Flask) -> str:
    """Give the draft of a plan of a client who is 17 today."""
    return plan_with(sqlite_app, {"birth_date": BORN}, status="DRAFT", no_education_goal_reason="x", agreed_on=None)


@pytest.fixture
def child(sqlite_app: Flask, plan_id: str) -> Iterator[str]:
    with in_vantaa(sqlite_app) as session:
        key = str(session.get_one(IntegrationPlan, plan_id).client_id)
    yield key
    with in_vantaa(sqlite_app) as session:
        for model in (ChildHearing, Representative):
            session.execute(delete(model).where(model.client_id == key))
        session.commit()


@pytest.fixture
def aino(sqlite_app: Flask) -> Browser:
    return Browser(sqlite_app).sign_in("aino")


def record(browser: Browser, kind: str, client_id: str, **values: Any) -> Any:
    place = f"/{kind}/add?client={client_id}"
    texts = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    return browser.post(place, **typed(browser.get(place), **texts))


def limits(app: Flask, client_id: str) -> dict[str, tuple[date, str, str]]:
    with in_vantaa(app) as session:
        query = select(ClientObligation).where(ClientObligation.client_id == client_id, ClientObligation.rule.in_(("R16", "R17")))
        return {row.rule: (row.due_on, row.state, row.owner) for row in session.scalars(query)}


def test_the_view_stands_in_the_file_and_is_offered_when_a_plan_is_agreed(sqlite_app: Flask, aino: Browser, child: str, plan_id: str) -> None:
    assert "Haluaa ammattikouluun" not in aino.get(f"/plans/agree/{plan_id}").text
    assert record(aino, "child-hearings", child, considered_on=TODAY, is_heard="y", opinion="Haluaa ammattikouluun").status_code == 303
    assert "Haluaa ammattikouluun" in aino.get(f"/clients/show/{child}?tab=family").text
    page = aino.get(f"/plans/agree/{plan_id}").text
    assert "Haluaa ammattikouluun" in page and f'value="{TODAY.isoformat()}"' in page


@pytest.mark.parametrize(("username", "sentence"), [("aino", "Lasta ei kuultu: kirjaa syy (4 §)."), ("bengt", "Barnet hördes inte: ange orsaken (4 §).")])
def test_a_view_that_lacks_both_is_explained(sqlite_app: Flask, child: str, username: str, sentence: str) -> None:
    answer = record(Browser(sqlite_app).sign_in(username), "child-hearings", child, considered_on=TODAY)
    assert answer.status_code == 422 and sentence in answer.text


def test_a_child_without_a_guardian_has_its_limits_until_the_representative_is_applied_for(sqlite_app: Flask, aino: Browser, child: str) -> None:
    assert limits(sqlite_app, child) == {}
    assert record(aino, "representatives", child, known_on=TODAY - timedelta(days=30)).status_code == 303
    found = limits(sqlite_app, child)
    assert found["R16"][0] == BORN + relativedelta(years=23) and found["R17"][1:] == ("OPEN", "COUNTY")
    with in_vantaa(sqlite_app) as session:
        key = session.scalars(select(Representative.id).where(Representative.client_id == child)).one()
    page = aino.get(f"/representatives/edit/{key}")
    named = {"name": "Eino Edustaja", "applied_on": TODAY, "decided_on": TODAY, "valid_from": TODAY}
    texts = {name: value.isoformat() if isinstance(value, date) else value for name, value in named.items()}
    assert aino.post(f"/representatives/edit/{key}", **typed(page, **texts)).status_code == 303
    assert limits(sqlite_app, child)["R17"][1] == "MET"
    shown = aino.get(f"/representatives/show/{key}").text
    adult = BORN + relativedelta(years=18)
    assert "Eino Edustaja" in shown and f"{adult.day}.{adult.month}.{adult.year}" in shown


def test_taking_the_record_away_takes_its_limits_away(sqlite_app: Flask, aino: Browser, child: str) -> None:
    record(aino, "representatives", child, known_on=TODAY)
    assert limits(sqlite_app, child).keys() == {"R16", "R17"}
    with in_vantaa(sqlite_app) as session:
        key = session.scalars(select(Representative.id).where(Representative.client_id == child)).one()
    aino.get(f"/representatives/show/{key}")
    assert aino.post(f"/representatives/delete/{key}").status_code in (302, 303)
    assert limits(sqlite_app, child) == {}


@pytest.mark.parametrize(("username", "status"), [("cecilia", 404), ("veera", 403), ("pekka", 403), ("eeva", 403)])
@pytest.mark.parametrize("kind", ["child-hearings", "representatives"])
def test_it_refuses_other_organisation_and_wrong_role(sqlite_app: Flask, child: str, kind: str, username: str, status: int) -> None:
    assert Browser(sqlite_app).sign_in(username).get(f"/{kind}/add?client={child}").status_code == status


def test_nobody_adult_is_recorded_as_a_child(sqlite_app: Flask, aino: Browser) -> None:
    with in_vantaa(sqlite_app) as session:
        adult = session.scalars(select(Client.id).where(Client.birth_date < date(1990, 1, 1), Client.non_disclosure.is_(False), Client.status == "PLAN_ACTIVE").limit(1)).one()
    answer = record(aino, "child-hearings", adult, considered_on=TODAY, is_heard="y", opinion="x")
    assert answer.status_code == 422 and "ei ollut tuona päivänä alle 18-vuotias" in answer.text
