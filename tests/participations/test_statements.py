"""The county writes its own statement and nothing else; the municipality reads it in the matter's page and opens the text on its own."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import text

from app.access.actor import Scope, acting_scope
from app.db.base import db
from app.db.types import new_id
from app.participations.models import CountyStatement
from tests.participations.conftest import COUNTY, accepted, day, invited
from tests.support.app import Browser
from tests.support.audit import recorded

WORDS = "Terveydentila edellyttää lyhyitä kurssipäiviä"


@pytest.fixture
def veera(app: Flask) -> Browser:
    return Browser(app).sign_in("veera")


def stated(veera: Browser, key: str, **values: str) -> str:
    """Write a statement on the form and give its key."""
    veera.get(f"/county-statements/add?participation={key}")
    answer = veera.post(f"/county-statements/add?participation={key}", **{"stated_on": day(0).isoformat(), "content": WORDS} | values)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"].rsplit("/", 1)[1])


@pytest.mark.parametrize(("matter", "place"), [("ASSESSMENT", "assessments"), ("PLAN", "plans")])
def test_it_is_read_where_it_was_given(app: Flask, aino: Browser, veera: Browser, client: dict[str, str], matter: str, place: str) -> None:
    key = invited(aino, client, matter)
    accepted(veera, key)
    with recorded(app) as told:
        statement = stated(veera, key)
    assert [(event.name, event.purpose) for event in told() if event.name.endswith(":added")] == [("county_statement:added", f"{matter}_PARTICIPATION")]
    page = aino.get(f"/{place}/show/{client[place[:-1]]}").text
    assert f"/county-statements/show/{statement}" in page and "Virta Veera" in page and WORDS not in page
    assert WORDS not in aino.get(f"/county-statements/show/{statement}").text
    opened = aino.post(f"/county-statements/restricted/{statement}")
    assert opened.status_code == 200 and WORDS in opened.text


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_the_text_is_encrypted_at_rest(app: Flask, aino: Browser, veera: Browser, client: dict[str, str]) -> None:
    key = invited(aino, client)
    accepted(veera, key)
    statement = stated(veera, key)
    with app.app_context():
        stored = db.session.execute(text("SELECT content FROM county_statement WHERE id = :key"), {"key": statement}).scalar_one()
    assert WORDS.encode() not in stored


def test_nobody_but_the_county_that_takes_part_writes_one(aino: Browser, veera: Browser, client: dict[str, str]) -> None:
    key = invited(aino, client)
    assert aino.get(f"/county-statements/add?participation={key}").status_code == 403
    assert veera.get(f"/county-statements/add?participation={key}").status_code == 409, "not before it has accepted"
    accepted(veera, key)
    assert veera.get(f"/county-statements/add?participation={key}").status_code == 200
    reading = invited(aino, client, "REVIEW", may_contribute="")
    accepted(veera, reading)
    assert veera.get(f"/county-statements/add?participation={reading}").status_code == 409, "invited to read only"
    assert "Kirjoita lausuma" not in veera.get(f"/participations/show/{reading}").text
    for place in (f"/clients/edit/{client['client']}", f"/plans/edit/{client['plan']}", f"/goals/add?plan={client['plan']}", f"/plan-reviews/add?plan={client['plan']}",
                  f"/notes/add?client={client['client']}"):  # fmt: skip
        assert veera.get(place).status_code == 403, place


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("values", "sentence"), [({"content": " "}, "Täytä"), ({"stated_on": day(1).isoformat()}, "tulevaisuudessa")])
def test_bad_input_is_explained(aino: Browser, veera: Browser, client: dict[str, str], values: dict[str, str], sentence: str) -> None:
    key = invited(aino, client)
    accepted(veera, key)
    veera.get(f"/county-statements/add?participation={key}")
    answer = veera.post(f"/county-statements/add?participation={key}", **{"stated_on": day(0).isoformat(), "content": WORDS} | values)
    assert answer.status_code == 422 and sentence in answer.text


def test_a_statement_is_not_changed(app: Flask, aino: Browser, veera: Browser, client: dict[str, str]) -> None:
    key = invited(aino, client)
    accepted(veera, key)
    statement = stated(veera, key)
    assert veera.get(f"/county-statements/edit/{statement}").status_code == 403
    with app.app_context(), acting_scope(Scope(COUNTY, is_participant=True)):
        row = db.session.get_one(CountyStatement, statement)
        row.content = "x"
        with pytest.raises(PermissionError):
            db.session.flush()
        db.session.rollback()


def test_a_completed_assessment_ends_the_part_and_keeps_the_statement(aino: Browser, veera: Browser, client: dict[str, str]) -> None:
    key = invited(aino, client, "ASSESSMENT")
    accepted(veera, key)
    statement = stated(veera, key)
    place = f"/assessments/interview/{client['assessment']}"
    form = aino.get(place).text
    names = set(re.findall(r'name="([A-Z_]+_summary)"', form))
    assert aino.post(place, **dict.fromkeys(names, "Selvitetty"), **{name: day(0).isoformat() for name in
                     ("aims_told_on", "process_told_on", "duties_told_on", "data_told_on")}).status_code == 303  # fmt: skip
    assert veera.get(f"/assessments/show/{client['assessment']}").status_code == 200
    place = f"/assessments/complete/{client['assessment']}"
    aino.get(place)
    assert aino.post(place, outcome="PLAN", outcome_reason="", completed_on=day(0).isoformat(), plan_planned_on=day(0).isoformat()).status_code == 303
    for gone in (f"/assessments/show/{client['assessment']}", f"/clients/show/{client['client']}", f"/county-statements/show/{statement}"):
        assert veera.get(gone).status_code == 404, gone
    assert "asia valmistui" in aino.get(f"/participations/show/{key}").text
    assert f"/county-statements/show/{statement}" in aino.get(f"/assessments/show/{client['assessment']}").text


def test_a_held_review_ends_the_part_in_it_and_shows_the_statement(app: Flask, aino: Browser, veera: Browser, client: dict[str, str]) -> None:
    review, plan = invited(aino, client, "REVIEW"), invited(aino, client, "PLAN")
    for key in (review, plan):
        accepted(veera, key)
    statement = stated(veera, review)
    place = f"/plan-reviews/add?plan={client['plan']}"
    aino.get(place)
    with recorded(app) as told:
        answer = aino.post(
            place, reviewed_on=day(0).isoformat(), initiator="TIME", reason="", participation="Osallistui", progress="AS_PLANNED", results="", changes="",
            authors="Aino Aarnio", next_review_date=day(90).isoformat(), source="CLIENT",
            **{"goals": "0", "goals-0-result": "ACHIEVED"},
        )  # fmt: skip
        assert answer.status_code == 303, re.findall(r'field-error"[^>]*>(.*?)</p>', answer.text)
    assert [event.name for event in told() if event.name.startswith("participation")] == ["participation:ended"]
    assert veera.get(answer.headers["Location"]).status_code == 404, "what the review held is not for the plan's participant"
    assert veera.get(f"/plans/show/{client['plan']}").status_code == 200, "the part in the plan goes on"
    assert f"/county-statements/show/{statement}" in aino.get(answer.headers["Location"]).text


def test_a_half_written_statement_goes_with_the_part(app: Flask, aino: Browser, veera: Browser, client: dict[str, str]) -> None:
    key = invited(aino, client)
    accepted(veera, key)
    place = f"/county-statements/add?participation={key}"
    token = re.findall(r'name="csrf-token" content="([^"]+)"', veera.get(place).text)[0]
    draft = {"place": place, "form": new_id(), "fields": [["content", WORDS]]}
    assert veera.client.post("/drafts/keep", json=draft, headers={"X-CSRFToken": token}).status_code < 300
    assert place in veera.get("/").text.replace("&amp;", "&")
    aino.get(f"/participations/end/{key}")
    aino.post(f"/participations/end/{key}", end_reason="Ei enää tarpeen")
    assert key not in veera.get("/").text
