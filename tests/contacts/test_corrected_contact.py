"""A handled contact is corrected through its page: the earlier version stays, and what follows is counted anew."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.clients.models import Client
from app.contacts.models import InitialContact
from app.history.models import RowVersion
from app.obligations.models import ClientObligation
from tests.contacts.test_beginning_of_the_path import TODAY, before, one, received, stage, told
from tests.support.app import Browser
from tests.support.plan_form import in_vantaa
from tests.support.services import do


def handled(app: Flask, aino: Browser, outcome: str, **fields: str) -> tuple[str, InitialContact]:
    """Give the key of a new client and the contact about the client, handled."""
    key = received(app)
    do(aino, f"/contacts/add?client={key}", **{"sender_type": "CLIENT", "received_on": before(2), **fields})
    contact = one(app, InitialContact, key)
    assert do(aino, f"/contacts/handle/{contact.id}", outcome=outcome).status_code == 303
    return key, contact


@pytest.fixture
def aino(sqlite_app: Flask) -> Browser:
    return Browser(sqlite_app).sign_in("aino")


def test_a_correction_leaves_the_earlier_version_and_recomputes_what_follows(sqlite_app: Flask, aino: Browser) -> None:
    app = sqlite_app
    key, contact = handled(app, aino, "ASSESSMENT")
    place = f"/contacts/correct/{contact.id}"
    assert stage(app, key) == "ASSESSMENT_DUE" and place in aino.get(f"/contacts/show/{contact.id}").text
    assert "Aiempi versio säilyy historiassa" in aino.get(place).text and "Miksi yhteydenottoa" not in aino.get(f"/contacts/show/{contact.id}").text
    answer = do(aino, place, outcome="OUT_OF_SCOPE", received_on=before(3), correction_reason="Väärä rivi")
    assert answer.status_code == 303
    now = one(app, InitialContact, key)
    assert (now.status, now.outcome, now.received_on.isoformat(), now.handled_on) == ("HANDLED", "OUT_OF_SCOPE", before(3), TODAY)
    assert "initial_contact:corrected" in told(app, key) and stage(app, key) == "GUIDANCE"
    with in_vantaa(app) as session:
        kept = session.scalars(select(RowVersion).where(RowVersion.row_id == contact.id)).all()
        rules = set(session.scalars(select(ClientObligation.rule).where(ClientObligation.client_id == key)))
    assert len(kept) == 3 and "R02" not in rules
    page = aino.get(f"/contacts/show/{contact.id}").text
    assert "Väärä rivi" in page
    # It can be corrected again, and back.
    assert do(aino, place, outcome="ASSESSMENT", correction_reason="Oli sittenkin oikein").status_code == 303
    assert stage(app, key) == "ASSESSMENT_DUE"


def test_a_client_with_another_ground_goes_on_waiting(sqlite_app: Flask, aino: Browser) -> None:
    key, contact = handled(sqlite_app, aino, "ASSESSMENT")
    do(aino, f"/contacts/add?client={key}", sender_type="CLIENT", received_on=before(1))
    with in_vantaa(sqlite_app) as session:
        second = session.scalars(select(InitialContact.id).where(InitialContact.client_id == key, InitialContact.status == "RECEIVED")).one()
    do(aino, f"/contacts/handle/{second}", outcome="ASSESSMENT")
    assert do(aino, f"/contacts/correct/{contact.id}", outcome="GUIDANCE", correction_reason="Virhe").status_code == 303
    assert stage(sqlite_app, key) == "ASSESSMENT_DUE"
    assert do(aino, f"/contacts/correct/{second}", outcome="GUIDANCE", correction_reason="Virhe").status_code == 303
    assert stage(sqlite_app, key) == "GUIDANCE"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"outcome": "DECLINED"}, "Täytä tämä kenttä"),
        ({"correction_reason": "Ei mitään"}, "(9 §)"),
        ({"sender_type": "RECC", "correction_reason": "Lähettäjä väärin"}, "vain henkilön suostumuksella (9 §)"),
        ({"received_on": before(0), "handled_on": before(1), "correction_reason": "Päivä väärin"}, "ei ollut vielä vastaanotettu"),
    ],
)
def test_what_forbids_a_correction_is_told(sqlite_app: Flask, aino: Browser, fields: dict[str, str], sentence: str) -> None:
    key, contact = handled(sqlite_app, aino, "GUIDANCE")
    answer = do(aino, f"/contacts/correct/{contact.id}", **fields)
    assert answer.status_code == 422 and sentence in answer.text.replace("\xa0", " ")
    assert one(sqlite_app, InitialContact, key).version == 2


def test_an_assessment_that_goes_on_keeps_the_outcome_that_began_it(sqlite_app: Flask, aino: Browser) -> None:
    key, contact = handled(sqlite_app, aino, "ASSESSMENT")
    with in_vantaa(sqlite_app) as session:
        session.get_one(Client, key).status = "ASSESSMENT_OPEN"
        session.commit()
    answer = do(aino, f"/contacts/correct/{contact.id}", outcome="GUIDANCE", correction_reason="Virhe")
    assert answer.status_code == 422 and "(9 ja 14 §)" in answer.text.replace("\xa0", " ")
    assert do(aino, f"/contacts/correct/{contact.id}", handled_on=before(1), correction_reason="Päivä väärin").status_code == 303
    assert stage(sqlite_app, key) == "ASSESSMENT_OPEN"


def test_only_what_was_handled_is_corrected_and_only_by_who_may(sqlite_app: Flask, aino: Browser) -> None:
    key, contact = handled(sqlite_app, aino, "GUIDANCE")
    do(aino, f"/contacts/add?client={key}", sender_type="CLIENT", received_on=before(1))
    with in_vantaa(sqlite_app) as session:
        waiting = session.scalars(select(InitialContact.id).where(InitialContact.client_id == key, InitialContact.status == "RECEIVED")).one()
    assert aino.get(f"/contacts/correct/{waiting}").status_code == 409
    for user, status in (("cecilia", 404), ("pekka", 403), ("veera", 403)):
        assert Browser(sqlite_app).sign_in(user).get(f"/contacts/correct/{contact.id}").status_code == status
