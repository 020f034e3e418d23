"""The beginning of a client's path through the pages: contact, consent, guidance, assessment due, and a withdrawn consent."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.access.actor import system_scope
from app.assessments.models import Assessment
from app.audit.models import AuditEvent, AuditEventClient
from app.clients.models import Client
from app.consents.models import Consent
from app.consents.texts import text_of
from app.contacts.events import events_of_contacts
from app.contacts.models import InitialContact
from app.db.base import db
from app.guidance.models import GuidanceEntry, GuidanceNeed
from app.history.models import RowVersion
from app.obligations.models import ClientObligation
from tests.support.app import Browser
from tests.support.form import typed
from tests.support.plan_form import in_vantaa, new_client
from tests.support.services import do

TODAY = date.today()
CONTACT = {"sender_type": "RECC", "sender_contact": "Outi Ohjaaja, 040 0000000", "receiving_unit": "Maahanmuuttopalvelut", "need": "LANGUAGE", "reason": "Kysyy kursseista"}


def before(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def received(app: Flask, status: str = "INTAKE") -> str:
    """Make a client nobody has assessed, and give the key."""
    key = new_client(app)
    with in_vantaa(app) as session:
        session.get_one(Client, key).status = status
        session.query(Assessment).where(Assessment.client_id == key).delete()
        session.commit()
    return key


def stage(app: Flask, key: str) -> str:
    with in_vantaa(app) as session:
        return str(session.get_one(Client, key).status)


def one(app: Flask, model: Any, client_id: str) -> Any:
    with in_vantaa(app) as session:
        found = session.scalars(select(model).where(model.client_id == client_id)).one()
        session.expunge_all()
        return found


def count(app: Flask, model: Any, client_id: str) -> int:
    with in_vantaa(app) as session:
        return int(session.scalar(select(func.count()).select_from(model).where(model.client_id == client_id)))


def told(app: Flask, client_id: str) -> set[str]:
    """Name the events of the log that are of the client."""
    with app.app_context(), system_scope():
        return set(db.session.scalars(select(AuditEvent.name).join(AuditEventClient, AuditEventClient.event_id == AuditEvent.id).where(AuditEventClient.client_id == client_id)))


def consented(browser: Browser, client_id: str, kind: str = "C_GUIDANCE") -> Any:
    return do(browser, f"/consents/add?client={client_id}", type=kind, language="uk", given_on=before(0))


def guided(browser: Browser, client_id: str) -> Any:
    place = f"/guidance/add?client={client_id}"
    rows = {"needs": ["0", "1"], "needs-0-need": "LANGUAGE", "needs-0-service_type": "INT_TRAINING", "needs-0-provider": "Esimerkkiopisto", "needs-1-need": "HOUSING"}
    return browser.post(place, **{**typed(browser.get(place), notes="Neuvottiin"), **rows})


@pytest.fixture
def aino(sqlite_app: Flask) -> Browser:
    return Browser(sqlite_app).sign_in("aino")


def test_from_contact_to_guidance_to_assessment_and_a_withdrawn_consent(app: Flask) -> None:
    aino, key = Browser(app).sign_in("aino"), received(app)
    assert do(aino, f"/contacts/add?client={key}", **CONTACT, received_on=before(2), consent_on=before(3)).status_code == 303
    contact = one(app, InitialContact, key)
    assert (contact.status, contact.need, contact.consent_on) == ("RECEIVED", "LANGUAGE", TODAY - timedelta(days=3))
    with in_vantaa(app) as session:
        limit = session.scalars(select(ClientObligation).where(ClientObligation.client_id == key, ClientObligation.rule == "R01")).one()
        assert (limit.state, limit.start_on) == ("OPEN", contact.received_on)
    assert f"/contacts/handle/{contact.id}" in aino.get(f"/clients/show/{key}").text
    assert do(aino, f"/contacts/handle/{contact.id}", outcome="GUIDANCE").status_code == 303
    assert one(app, InitialContact, key).outcome == "GUIDANCE" and stage(app, key) == "GUIDANCE"
    with in_vantaa(app) as session:
        assert session.scalars(select(ClientObligation.state).where(ClientObligation.client_id == key, ClientObligation.rule == "R01")).all() == ["MET"]
    # What is handled is handled once.
    again = aino.get(f"/contacts/handle/{contact.id}")
    assert again.status_code == 409 and "käsitelty" in again.text
    assert consented(aino, key).status_code == 303
    assert f"/guidance/add?client={key}" in aino.get(f"/consents/show/{one(app, Consent, key).id}").text
    assert guided(aino, key).status_code == 303
    entry, consent = one(app, GuidanceEntry, key), one(app, Consent, key)
    assert entry.consent_id == consent.id and count(app, GuidanceNeed, key) == 2
    page = aino.get(f"/clients/show/{key}?tab=contacts").text
    assert all(f"/{part}/show/" in page for part in ("contacts", "guidance", "consents"))
    # A second contact brings the client to assessment.
    assert do(aino, f"/contacts/add?client={key}", sender_type="CLIENT", received_on=before(0)).status_code == 303
    with in_vantaa(app) as session:
        second = session.scalars(select(InitialContact.id).where(InitialContact.client_id == key, InitialContact.status == "RECEIVED")).one()
    assert do(aino, f"/contacts/handle/{second}", outcome="ASSESSMENT").status_code == 303
    assert stage(app, key) == "ASSESSMENT_DUE"
    with in_vantaa(app) as session:
        known = {(event.type, event.on) for event in events_of_contacts(session, [key])[key]}
    assert known == {("CONTACT_RECEIVED", TODAY - timedelta(days=2)), ("CONTACT_RECEIVED", TODAY), ("CONTACT_HANDLED", TODAY), ("PERSON_KNOWN", TODAY)}
    # The consent is withdrawn: it is told what goes, and it goes whole.
    lead = aino.get(f"/consents/withdraw/{consent.id}").text
    assert "poistetaan pysyvästi 1 ohjausmerkintä (asetus 874/2024, 4 §)" in lead.replace("\xa0", " ")
    assert do(aino, f"/consents/withdraw/{consent.id}").status_code == 303
    assert one(app, Consent, key).status == "WITHDRAWN" and count(app, GuidanceEntry, key) == count(app, GuidanceNeed, key) == 0
    with in_vantaa(app) as session:
        kept = set(session.scalars(select(RowVersion.table_name).where(RowVersion.client_id == key)))
    assert "consent" in kept and not kept & {"guidance_entry", "guidance_need"}


def test_each_step_and_what_goes_with_a_consent_are_told_in_the_log(sqlite_app: Flask, aino: Browser) -> None:
    key = received(sqlite_app)
    do(aino, f"/contacts/add?client={key}", sender_type="CLIENT", received_on=before(1))
    do(aino, f"/contacts/handle/{one(sqlite_app, InitialContact, key).id}", outcome="GUIDANCE")
    consented(aino, key)
    guided(aino, key)
    assert stage(sqlite_app, key) == "GUIDANCE" and "guidance_entry:deleted" not in told(sqlite_app, key)
    do(aino, f"/consents/withdraw/{one(sqlite_app, Consent, key).id}")
    steps = {"initial_contact:added", "initial_contact:handled", "consent:added", "guidance_entry:added", "guidance_need:added", "consent:withdrawn", "guidance_entry:deleted"}
    assert steps <= told(sqlite_app, key)


def test_v10_guidance_needs_consent(sqlite_app: Flask, aino: Browser) -> None:
    key, bengt = received(sqlite_app), Browser(sqlite_app).sign_in("bengt")
    place = f"/guidance/add?client={key}"
    # Another consent is not this one.
    consented(aino, key, "C_CONTACT")
    answer = aino.get(place)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/consents/add?client={key}")
    assert "asetus 874/2024, 4 §" in aino.get(f"/consents/add?client={key}").text.replace("\xa0", " ")
    # The form is open when the consent is withdrawn.
    consented(aino, key)
    form = typed(bengt.get(place), notes="Rådgavs")
    with in_vantaa(sqlite_app) as session:
        consent = session.scalars(select(Consent.id).where(Consent.client_id == key, Consent.type == "C_GUIDANCE")).one()
    do(aino, f"/consents/withdraw/{consent}")
    refused = bengt.post(place, **form)
    assert refused.status_code == 422 and "förordning 874/2024, 4 §" in refused.text.replace("\xa0", " ")
    assert stage(sqlite_app, key) == "INTAKE" and count(sqlite_app, GuidanceEntry, key) == 0


@pytest.mark.parametrize(("status", "is_assessed"), [("PLAN_ACTIVE", False), ("GUIDANCE", True)])
def test_what_the_law_stores_needs_no_consent_and_outlives_it(sqlite_app: Flask, aino: Browser, status: str, is_assessed: bool) -> None:
    key = new_client(sqlite_app) if is_assessed else received(sqlite_app, status)
    assert guided(aino, key).status_code == 303
    assert one(sqlite_app, GuidanceEntry, key).consent_id is None
    consented(aino, key)
    assert guided(aino, key).status_code == 303
    consent = one(sqlite_app, Consent, key)
    assert "säilyvät" in aino.get(f"/consents/withdraw/{consent.id}").text
    assert do(aino, f"/consents/withdraw/{consent.id}").status_code == 303
    assert count(sqlite_app, GuidanceEntry, key) == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "vain henkilön suostumuksella (9 §)"),
        ({"consent_on": before(0)}, "ennen yhteydenottoa (9 §)"),
        ({"directed_only": "y", "reason": "Kysyy kursseista"}, "vain ohjaaminen kuntaan (9 §)"),
        ({"directed_only": "y", "sender_type": "CLIENT"}, "ei ole kukaan ohjannut"),
        ({"consent_on": before(3), "received_on": before(-1)}, "tulevaisuudessa"),
    ],
)
def test_what_forbids_a_contact_is_told(sqlite_app: Flask, aino: Browser, fields: dict[str, str], sentence: str) -> None:
    key = received(sqlite_app)
    answer = do(aino, f"/contacts/add?client={key}", **{"sender_type": "RECC", "received_on": before(1), **fields})
    assert answer.status_code == 422 and sentence in answer.text.replace("\xa0", " ") and count(sqlite_app, InitialContact, key) == 0


def test_of_who_was_only_directed_here_only_that_is_stored(sqlite_app: Flask, aino: Browser) -> None:
    key = received(sqlite_app)
    assert do(aino, f"/contacts/add?client={key}", sender_type="NGO", directed_only="y", received_on=before(0)).status_code == 303
    contact = one(sqlite_app, InitialContact, key)
    assert 'name="outcome_reason"' not in aino.get(f"/contacts/handle/{contact.id}").text
    assert do(aino, f"/contacts/handle/{contact.id}", outcome="NOT_REACHED", outcome_reason="Ei vastannut").status_code == 303
    contact = one(sqlite_app, InitialContact, key)
    assert (contact.outcome, contact.outcome_reason, stage(sqlite_app, key)) == ("NOT_REACHED", None, "INTAKE")


@pytest.mark.parametrize(
    ("status", "outcome", "answer", "then"),
    [
        ("INTAKE", "TO_EMPA", 303, "INTAKE"), ("INTAKE", "ASSESSMENT", 303, "ASSESSMENT_DUE"), ("PLAN_ENDED", "ASSESSMENT", 303, "ASSESSMENT_DUE"),
        ("PLAN_ACTIVE", "ASSESSMENT", 303, "PLAN_ACTIVE"), ("ASSESSMENT_DUE", "GUIDANCE", 303, "ASSESSMENT_DUE"), ("CLOSED", "OUT_OF_SCOPE", 303, "CLOSED"),
        ("CLOSED", "ASSESSMENT", 422, "CLOSED"), ("CLOSED", "GUIDANCE", 422, "CLOSED"),
    ],
)  # fmt: skip
def test_the_outcome_moves_the_client_on_and_never_back(sqlite_app: Flask, aino: Browser, status: str, outcome: str, answer: int, then: str) -> None:
    key = received(sqlite_app, status)
    do(aino, f"/contacts/add?client={key}", sender_type="CLIENT", received_on=before(1))
    contact = one(sqlite_app, InitialContact, key)
    page = do(aino, f"/contacts/handle/{contact.id}", outcome=outcome)
    assert (page.status_code, stage(sqlite_app, key)) == (answer, then)
    assert (answer == 422) == ("Avaa se uudelleen" in page.text)


@pytest.mark.parametrize(("day", "sentence"), [(before(2), "ei ollut vielä vastaanotettu"), (before(-1), "tulevaisuudessa")])
def test_a_contact_is_handled_between_its_receipt_and_today(sqlite_app: Flask, aino: Browser, day: str, sentence: str) -> None:
    key = received(sqlite_app)
    do(aino, f"/contacts/add?client={key}", sender_type="CLIENT", received_on=before(1))
    answer = do(aino, f"/contacts/handle/{one(sqlite_app, InitialContact, key).id}", outcome="GUIDANCE", handled_on=day)
    assert answer.status_code == 422 and sentence in answer.text


def test_a_consent_shows_its_text_in_both_languages_and_is_withdrawn_after_it_was_given(sqlite_app: Flask, aino: Browser) -> None:
    key, text = received(sqlite_app), text_of("C_GUIDANCE", "1")
    assert text and text.fi.splitlines()[0] in aino.get(f"/consents/add?client={key}").text
    assert do(aino, f"/consents/add?client={key}", type="C_GUIDANCE", language="uk", given_on="2024-12-31").status_code == 422
    assert do(aino, f"/consents/add?client={key}", type="C_GUIDANCE", language="uk", given_on=before(-1)).status_code == 422
    consented(aino, key)
    consent = one(sqlite_app, Consent, key)
    assert consent.text_version == "1"
    for who, words in (("aino", text.fi), ("bengt", text.sv)):
        assert words.splitlines()[0] in Browser(sqlite_app).sign_in(who).get(f"/consents/show/{consent.id}").text
    assert do(aino, f"/consents/withdraw/{consent.id}", withdrawn_on=before(1)).status_code == 422
    assert do(aino, f"/consents/withdraw/{consent.id}", withdrawn_on=before(-1)).status_code == 422
    assert one(sqlite_app, Consent, key).status == "GIVEN"


def test_it_refuses_other_organisations_and_roles(sqlite_app: Flask, aino: Browser) -> None:
    key = received(sqlite_app)
    do(aino, f"/contacts/add?client={key}", sender_type="CLIENT", received_on=before(1))
    consented(aino, key)
    guided(aino, key)
    pages = [f"/contacts/handle/{one(sqlite_app, InitialContact, key).id}", f"/consents/withdraw/{one(sqlite_app, Consent, key).id}",
             f"/guidance/show/{one(sqlite_app, GuidanceEntry, key).id}"]  # fmt: skip
    for user, status in (("cecilia", 404), ("pekka", 403), ("veera", 403), ("eeva", 403)):
        other = Browser(sqlite_app).sign_in(user)
        assert [other.get(page).status_code for page in pages] == [status] * 3
