"""An assessment from its start to its end over the pages, and what it does to the client's path."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from app.assessments.models import Assessment, InterviewSection
from app.assessments.rules import DUTIES_TO_INFORM, SECTIONS
from app.clients.models import Client
from tests.support.app import Browser
from tests.support.form import typed
from tests.support.plan_form import VANTAA, in_vantaa, new_client

TODAY = date.today()
STARTED = TODAY - timedelta(days=20)


def assessed(app: Flask, status: str = "PLANNED", client_id: str | None = None) -> tuple[str, str]:
    """Make a client under assessment; gives the keys of client and assessment. From the interview on all is written."""
    client_id = client_id or new_client(app, "Arvioitava")
    with in_vantaa(app) as session:
        session.get_one(Client, client_id).status = "ASSESSMENT_OPEN"
        told = dict.fromkeys(DUTIES_TO_INFORM, STARTED) if status not in ("PLANNED", "INTERVIEW_BOOKED") else {}
        row = Assessment(client_id=client_id, org_id=VANTAA, ground="A4", status=status, language="uk", started_on=STARTED, **told)
        session.add(row)
        session.flush()
        for position, code in enumerate(SECTIONS if told else (), start=1):
            session.add(InterviewSection(client_id=client_id, org_id=VANTAA, assessment_id=row.id, section=code, position=position, summary="x", source="CLIENT"))
        session.commit()
        return client_id, str(row.id)


def stand(app: Flask, client_id: str, assessment_id: str) -> tuple[str, str]:
    with in_vantaa(app) as session:
        return session.get_one(Client, client_id).status, session.get_one(Assessment, assessment_id).status


def send(browser: Browser, place: str, **fields: Any) -> Any:
    assert browser.get(place).status_code == 200, place
    return browser.post(place, **typed(browser.page, **fields))


def book(browser: Browser, client_id: str, on: date, purpose: str = "ASSESSMENT") -> str:
    answer = send(browser, f"/appointments/add?client={client_id}", held_on=on.isoformat(), clock="10:00", purpose=purpose, language="uk")
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"]).rsplit("/", 1)[-1]


def test_an_interview_is_booked_moved_called_off_and_held(app: Flask, aino: Browser) -> None:
    client, key = assessed(app)
    other = book(aino, client, TODAY, "PLAN")
    assert stand(app, client, key)[1] == "PLANNED"
    booking = book(aino, client, TODAY)
    assert stand(app, client, key)[1] == "INTERVIEW_BOOKED"
    assert aino.get(f"/assessments/complete/{key}").status_code == 409, "nothing is complete before the interview"
    assert send(aino, f"/appointments/edit/{booking}", purpose="PLAN").status_code == 303
    assert stand(app, client, key)[1] == "PLANNED"
    assert send(aino, f"/appointments/edit/{other}", purpose="ASSESSMENT").status_code == 303
    assert stand(app, client, key)[1] == "INTERVIEW_BOOKED"
    assert send(aino, f"/appointments/cancel/{other}").status_code == 303
    assert stand(app, client, key)[1] == "PLANNED"
    booking = book(aino, client, TODAY)
    assert send(aino, f"/appointments/attend/{booking}").status_code == 303
    assert stand(app, client, key)[1] == "INTERVIEW_BOOKED"
    assert send(aino, f"/assessments/interview/{key}", LITERACY_summary="Lukee").status_code == 303
    assert stand(app, client, key)[1] == "INTERVIEW_HELD"


def test_a_meeting_of_an_earlier_assessment_books_nothing(app: Flask, aino: Browser) -> None:
    client, key = assessed(app)
    with in_vantaa(app) as session:
        session.get_one(Assessment, key).started_on = TODAY + timedelta(days=1)
        session.commit()
    book(aino, client, TODAY)
    assert stand(app, client, key)[1] == "PLANNED"


def test_what_the_interview_lacks_is_told_all_at_once(app: Flask, aino: Browser) -> None:
    _client, key = assessed(app)
    send(aino, f"/assessments/interview/{key}", LITERACY_summary="Lukee")
    answer = send(aino, f"/assessments/complete/{key}", outcome="WORK", completed_on=(STARTED - timedelta(days=1)).isoformat())
    assert answer.status_code == 422
    for text in ("Alkuhaastattelusta puuttuu", "874/2024, 1 §", "Päättymispäivä on ennen alkamispäivää"):
        assert text in answer.text, text
    assert 'value="CANCELLED"' not in answer.text


@pytest.mark.parametrize(
    ("fields", "stage"),
    [({"outcome": "PLAN"}, "PLAN_DRAFTING"), ({"outcome": "EDU", "guided_to": "Ammattiopisto"}, "GUIDANCE"), ({"outcome": "NO_NEED"}, "GUIDANCE")],
)
def test_the_outcome_leads_the_client_on(app: Flask, aino: Browser, fields: dict[str, str], stage: str) -> None:
    client, key = assessed(app, "INTERVIEW_HELD")
    answer = send(aino, f"/assessments/complete/{key}", **fields)
    assert answer.status_code == 303, answer.text
    assert stand(app, client, key) == (stage, "COMPLETED")
    page = aino.get(f"/assessments/show/{key}").text
    assert ("Ammattiopisto" in page) == ("guided_to" in fields) and "/assessments/edit/" not in page
    for gone in ("interview", "edit", "complete", "cancel"):
        assert aino.get(f"/assessments/{gone}/{key}").status_code == 409, gone
    with in_vantaa(app) as session:
        assert (session.get_one(Assessment, key).plan_planned_on is not None) == (fields["outcome"] == "PLAN")


def test_a_cancelled_assessment_leaves_the_client_waiting(app: Flask, aino: Browser) -> None:
    client, key = assessed(app, "CLARIFYING")
    place = f"/assessments/cancel/{key}"
    answer = send(aino, place, cancelled_on=(TODAY + timedelta(days=1)).isoformat(), cancel_reason="MOVED")
    assert answer.status_code == 422 and "tulevaisuudessa" in answer.text
    assert send(aino, place, cancel_reason="").status_code == 422
    assert send(aino, place, cancel_reason="WITHDREW", outcome_reason="Ei halunnut").status_code == 303
    assert stand(app, client, key) == ("ASSESSMENT_DUE", "CANCELLED")
    page = aino.get(f"/assessments/show/{key}").text
    assert "asiakas ei halunnut jatkaa" in page and "Ei halunnut" in page


def test_another_assessment_that_goes_on_keeps_the_client_under_assessment(app: Flask, aino: Browser) -> None:
    client, first = assessed(app)
    _same, second = assessed(app, "INTERVIEW_HELD", client)
    assert send(aino, f"/assessments/cancel/{first}", cancel_reason="MISTAKE").status_code == 303
    assert stand(app, client, first) == ("ASSESSMENT_OPEN", "CANCELLED")
    assert send(aino, f"/assessments/cancel/{second}", cancel_reason="MISTAKE").status_code == 303
    assert stand(app, client, second)[0] == "ASSESSMENT_DUE"
