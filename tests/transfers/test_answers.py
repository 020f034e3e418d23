"""How the other municipality answers: refusal, question, lateness; what a request tells and does not; who was first."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.clients.models import Client
from app.transfers.models import TransferEscalation, TransferRequest, TransferSide
from app.transfers.rules import answer_due
from tests.support.app import Browser
from tests.transfers.conftest import (
    CODE,
    PORVOO,
    TODAY,
    VANTAA,
    did,
    escalated,
    key_in,
    keys_of,
    letters,
    offered,
    planted,
    ran,
    stored,
    wanted,
)

# What the pages say does not depend on the database.
of_pages = pytest.mark.parametrize("apps", ["sqlite"], indirect=True)
LATE = answer_due(TODAY) + timedelta(days=1)


def state(owner: Flask, key: str) -> str:
    return str(stored(owner, select(TransferRequest.status).where(TransferRequest.id == key))[0][0])


def received(bengt: Browser, owner: Flask, client_id: str) -> str:
    key = key_in(offered(bengt, client_id))
    ran(owner)
    return key


def told(browser: Browser, key: str) -> str:
    """Give what the page of a transfer says, without what differs from one to the next: keys and tokens."""
    main = re.search(r"<main.*</main>", browser.get(f"/transfers/show/{key}").text, re.DOTALL)
    assert main
    return re.sub(r"[0-9a-f-]{36}|csrf_token[^>]*>", "", main.group())


@pytest.mark.parametrize("by", ["code", "name"])
def test_a_request_finds_the_client_and_the_old_municipality_chooses_the_data(app: Flask, owner: Flask, bengt: Browser, other: Browser, client_id: str, by: str) -> None:
    names = {"family_name": "Joku", "given_names": "Muu"} if by == "code" else {}
    key = key_in(wanted(other, identity_code=CODE if by == "code" else "", **names))
    assert bengt.get(f"/transfers/show/{key}").status_code == 404
    assert ran(owner) == {"delivered": 1}
    assert "Muuttaja, Mirja" in bengt.get("/transfers/list/").text
    assert did(bengt, "accept", key, moves_on=TODAY.isoformat(), ASSESSMENTS="y", PLAN="y").status_code == 303
    assert ran(owner) == {"moved": 1} and keys_of(owner, PORVOO) == [client_id]


def test_nothing_tells_whether_the_person_exists(app: Flask, owner: Flask, bengt: Browser, other: Browser, client_id: str) -> None:
    known, unknown = key_in(wanted(other)), key_in(wanted(other, birth_date="1990-01-02"))
    other.get("/transfers/list/")
    assert ran(owner) == {"delivered": 1}
    assert told(other, known).replace("1.1.1990", "") == told(other, unknown).replace("2.1.1990", "")
    assert bengt.get(f"/transfers/show/{unknown}").status_code == 404 and str(unknown) not in bengt.get("/transfers/list/").text
    assert escalated(owner, LATE) == {"escalated": 2}
    assert told(other, known).replace("1.1.1990", "") == told(other, unknown).replace("2.1.1990", "")
    assert stored(owner, select(TransferSide.organisation_id).where(TransferSide.transfer_id == unknown)) == [(PORVOO,)]


@of_pages
def test_only_one_of_two_namesakes_is_never_guessed(app: Flask, owner: Flask, other: Browser, client_id: str) -> None:
    planted(owner, identity_code="020190-901R")
    wanted(other)
    assert ran(owner) == {}


@of_pages
def test_a_question_turns_the_turn_round(app: Flask, owner: Flask, bengt: Browser, other: Browser, client_id: str) -> None:
    key = received(bengt, owner, client_id)
    assert did(bengt, "accept", key, moves_on=TODAY.isoformat()).status_code == 422
    assert did(other, "ask", key, question="Milloin asiakas muutti?").status_code == 303
    assert did(other, "reply", key, answer="Eilen").status_code == 422
    assert "Milloin asiakas muutti?" in bengt.get(f"/transfers/show/{key}").text
    assert did(bengt, "reply", key, answer="Eilen").status_code == 303
    assert state(owner, key) == "SENT" and did(other, "withdraw", key).status_code == 422


def test_a_refusal_leaves_the_client_and_is_told(app: Flask, owner: Flask, bengt: Browser, other: Browser, client_id: str) -> None:
    key = received(bengt, owner, client_id)
    assert did(other, "reject", key, refusal="").status_code == 422
    assert did(other, "reject", key, refusal="NOT_MOVED", explanation="Ei asu täällä").status_code == 303
    assert "Ei asu täällä" in bengt.get(f"/transfers/show/{key}").text
    assert ran(owner, LATE) == {} and escalated(owner, LATE) == {} and keys_of(owner, VANTAA) == [client_id]
    assert offered(bengt, client_id).status_code == 303, "a refused transfer does not stand in the way of a new one"


def test_what_nobody_answers_escalates_once(app: Flask, owner: Flask, bengt: Browser, other: Browser, client_id: str) -> None:
    key = received(bengt, owner, client_id)
    assert escalated(owner, answer_due(TODAY)) == {} and escalated(owner, LATE) == {"escalated": 1} and escalated(owner, LATE) == {}
    assert [(kind, who) for kind, who, _text in letters(owner) if kind == "TRANSFER_ESCALATED"] == [("TRANSFER_ESCALATED", "bengt"), ("TRANSFER_ESCALATED", "cecilia")]
    page = Browser(app).sign_in("kaisa").get("/transfer-escalations/list/").text
    assert key in page and "Muuttaja" not in page and client_id not in page
    assert did(other, "ask", key, question="Kuka?").status_code == 303
    escalated(owner, TODAY)
    assert stored(owner, select(TransferEscalation.id)) == []


def test_of_two_deeds_at_once_one_wins(app: Flask, owner: Flask, bengt: Browser, other: Browser, client_id: str) -> None:
    key = received(bengt, owner, client_id)
    bengt.get(f"/transfers/withdraw/{key}")
    other.get(f"/transfers/accept/{key}")
    assert other.post(f"/transfers/accept/{key}", moves_on=TODAY.isoformat()).status_code == 303
    assert bengt.post(f"/transfers/withdraw/{key}").status_code == 303, "what is accepted can still be withdrawn before the day"
    assert other.get(f"/transfers/accept/{key}").status_code == 409
    assert state(owner, key) == "WITHDRAWN" and ran(owner) == {}


@of_pages
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({"to": VANTAA}, "egen"), ({"consent_on": (TODAY + timedelta(days=1)).isoformat()}, "framtiden"), ({"consent_on": ""}, "fältet"),
     ({"PLAN": "y"}, "16 §"), ({"PROTECTED": "y"}, "79 och 86 §"), ({"to": "x"}, "förslagen")],
)  # fmt: skip
def test_bad_input_is_explained(app: Flask, owner: Flask, bengt: Browser, client_id: str, fields: dict[str, Any], sentence: str) -> None:
    answer = offered(bengt, client_id, **fields)
    assert answer.status_code == 422 and sentence in answer.text


@of_pages
def test_a_client_has_one_open_transfer(app: Flask, owner: Flask, bengt: Browser, client_id: str) -> None:
    key_in(offered(bengt, client_id))
    assert "redan en öppen överföring" in offered(bengt, client_id).text


def test_others_see_nothing(app: Flask, owner: Flask, bengt: Browser, client_id: str) -> None:
    key = key_in(offered(bengt, client_id))
    assert Browser(app).sign_in("cecilia").get(f"/transfers/show/{key}").status_code == 404, "not delivered yet"
    assert Browser(app).sign_in("veera").get(f"/transfers/show/{key}").status_code == 403
    assert stored(owner, select(Client.org_id).where(Client.id == client_id)) == [(VANTAA,)]
