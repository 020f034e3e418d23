"""The municipality invites a county to one matter, the county accepts or declines, either ends it, and the log tells why."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import Scope, acting_scope
from app.access.membership import ClientMembership
from app.db.base import db
from tests.participations.conftest import COUNTY, REASON, VANTAA, accepted, day, invitations, invited
from tests.support.app import Browser
from tests.support.audit import recorded


@pytest.fixture
def veera(app: Flask) -> Browser:
    return Browser(app).sign_in("veera")


def test_it_works(app: Flask, aino: Browser, veera: Browser, client: dict[str, str]) -> None:
    assert veera.get(f"/clients/show/{client['client']}").status_code == 404
    key = invited(aino, client)
    assert REASON in veera.get(f"/participations/show/{key}").text and "Testaaja, Taina" in veera.get("/participations/list/").text
    assert veera.get(f"/plans/show/{client['plan']}").status_code == 404, "before it accepts, a county sees who is meant and no more"
    accepted(veera, key)
    assert veera.get(f"/clients/show/{client['client']}").status_code == 200
    assert "Seuranta puhelimitse" in veera.get(f"/plans/show/{client['plan']}").text


def test_it_records_the_events_with_the_purpose(app: Flask, aino: Browser, veera: Browser, client: dict[str, str]) -> None:
    with recorded(app) as told:
        key = invited(aino, client, "REVIEW")
        accepted(veera, key)
        veera.get(f"/plans/show/{client['plan']}")
        veera.get("/clients/list/")
        aino.get(f"/participations/end/{key}")
        aino.post(f"/participations/end/{key}", end_reason="Ei enää tarpeen")
    found = {(event.name, event.purpose) for event in told() if client["client"] in event.clients}
    wanted = {
        ("participation:invited", "INTEGRATION_SERVICE"), ("participation:accepted", "REVIEW_PARTICIPATION"), ("plan:read", "REVIEW_PARTICIPATION"),
        ("client:listed", "REVIEW_PARTICIPATION"), ("participation:ended", "INTEGRATION_SERVICE"),
    }  # fmt: skip
    assert wanted <= found
    lists = [event for event in told() if event.name == "client:listed" and event.clients]
    assert {event.purpose for event in lists} == {"REVIEW_PARTICIPATION", "PLAN_PARTICIPATION"}, "a list of clients tells of each purpose apart"


@pytest.mark.parametrize("by", ["owner", "county"])
def test_the_next_request_after_the_end_is_refused(app: Flask, aino: Browser, veera: Browser, client: dict[str, str], by: str) -> None:
    key = invited(aino, client)
    accepted(veera, key)
    who, path = (aino, "end") if by == "owner" else (veera, "leave")
    who.get(f"/participations/{path}/{key}")
    assert who.post(f"/participations/{path}/{key}", end_reason="Ei enää tarpeen").status_code == 303
    for place in (f"/clients/show/{client['client']}", f"/plans/show/{client['plan']}", f"/participations/show/{key}"):
        assert veera.get(place).status_code == 404, place
    with app.app_context(), acting_scope(Scope(VANTAA)):
        left = db.session.scalars(select(ClientMembership.organisation_id).where(ClientMembership.client_id == client["client"])).all()
    assert left == [VANTAA], "the membership goes with the invitation"
    page = aino.get(f"/participations/show/{key}").text
    assert "Ei enää tarpeen" in page and "<dd>päättynyt</dd>" in page
    assert aino.get(f"/participations/end/{key}").status_code == 409


def test_a_county_declines_with_a_reason(app: Flask, aino: Browser, veera: Browser, client: dict[str, str]) -> None:
    key = invited(aino, client, "REVIEW")
    veera.get(f"/participations/leave/{key}")
    assert veera.post(f"/participations/leave/{key}", end_reason="").status_code == 422
    with recorded(app) as told:
        assert veera.post(f"/participations/leave/{key}", end_reason="Asiakas ei ole palveluissamme").status_code == 303
    assert [(event.name, event.purpose) for event in told()] == [("participation:declined", "REVIEW_PARTICIPATION")]
    assert veera.get(f"/clients/show/{client['client']}").status_code == 404
    page = aino.get(f"/participations/show/{key}").text
    assert "Asiakas ei ole palveluissamme" in page and "<dd>kieltäytynyt</dd>" in page


@pytest.mark.parametrize("username", ["cecilia", "bengt", "pekka", "eeva"])
def test_it_refuses_who_is_not_asked(app: Flask, aino: Browser, client: dict[str, str], username: str) -> None:
    key = invited(aino, client)
    other = Browser(app).sign_in(username)
    wanted = {"cecilia": (404, 404, 403), "bengt": (200, 200, 403), "pekka": (403, 403, 403), "eeva": (403, 403, 403)}[username]
    assert other.get(f"/participations/invite?client={client['client']}").status_code == wanted[0]
    assert other.get(f"/participations/show/{key}").status_code == wanted[1]
    other.get("/")
    assert other.post(f"/participations/accept/{key}").status_code == wanted[2], "only the county answers"


def test_the_county_neither_invites_nor_ends_for_the_municipality(aino: Browser, veera: Browser, client: dict[str, str]) -> None:
    key = invited(aino, client)
    assert veera.get(f"/participations/invite?client={client['client']}").status_code == 403
    assert veera.get(f"/participations/end/{key}").status_code == 403


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"matter_key": "PLAN:nothing"}, ""), ({"organisation_id": ""}, "Täytä"), ({"reason": " "}, "Täytä"), ({"profile": "ASSESSMENT_PART"}, "Valitse toinen"),
        ({"valid_to": day(-1).isoformat()}, "Päivä on jo mennyt"), ({"valid_to": day(400).isoformat()}, "viimeistään"), ({"valid_to": "x"}, ""),
    ],
)  # fmt: skip
def test_bad_input_is_explained(aino: Browser, client: dict[str, str], changed: dict[str, Any], sentence: str) -> None:
    fields = {"matter_key": f"PLAN:{client['plan']}", "organisation_id": COUNTY, "reason": REASON, "profile": "PLAN_PART", "valid_to": ""} | changed
    place = f"/participations/invite?client={client['client']}"
    aino.get(place)
    answer = aino.post(place, **fields)
    assert answer.status_code == 422 and sentence in answer.text and 'class="error' in answer.text
    assert REASON in answer.text or changed.get("reason"), "what was typed stays"
    assert invitations(aino, client) == []


def test_a_county_is_invited_to_a_matter_once(aino: Browser, client: dict[str, str]) -> None:
    invited(aino, client)
    place = f"/participations/invite?client={client['client']}"
    aino.get(place)
    answer = aino.post(place, matter_key=f"PLAN:{client['plan']}", organisation_id=COUNTY, reason=REASON, profile="PLAN_PART", valid_to="")
    assert answer.status_code == 422 and "jo kutsuttu" in answer.text
