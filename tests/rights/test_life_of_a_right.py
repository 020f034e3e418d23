"""From an account without a right to a first client, and to the end of the right: each step does what it says, at once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.audit.models import AuditEvent
from app.db.base import db
from app.mail.models import OutgoingMail
from app.rights.models import RightApplication, RightEvent
from app.users.models import AccessGrant, LocalRole, UserSession
from app.web.drafts import Draft
from tests.rights.conftest import COUNTY, PORVOO, VANTAA, application_at, apply, grant, wish
from tests.support.app import Browser


def letters(app: Flask) -> list[tuple[str, str, str]]:
    with app.config["OWNER"].app_context(), system_scope():
        return [(mail.kind, mail.receiver or "", mail.subject or "") for mail in db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.queued_at))]


def test_whoever_has_no_right_can_do_one_thing(app: Flask) -> None:
    matti = Browser(app).sign_in("matti")
    home = matti.get("/")
    assert home.status_code == 303 and home.location == "/my-rights/"
    page = matti.get("/my-rights/").text
    assert "/my-rights/apply" in page and "Kirjaudu ulos" in page and "Matti Mallikas" in page
    for path in ("/clients/list/", "/right-applications/list/", "/user-rights/list/", "/local-roles/list/", "/api/v1/clients/"):
        assert matti.get(path).status_code in (401, 403), path


def test_application_approval_first_client_end(app: Flask) -> None:
    matti, eeva = Browser(app).sign_in("matti"), Browser(app).sign_in("eeva")
    assert apply(matti).status_code == 303
    assert matti.get("/clients/list/").status_code == 403, "an application opens nothing"
    key = application_at(eeva)
    assert grant(eeva, key).status_code == 303
    matti.post("/logout/")
    matti.sign_in("matti")
    listed = matti.get("/clients/list/")
    client = listed.text.split("/clients/show/")[1][:36]
    assert matti.get(f"/clients/show/{client}").status_code == 200
    assert "Vantaa" in matti.get("/").text
    right = re.findall(r'/user-rights/show/([0-9a-f-]{36})">Mallikas, Matti', eeva.get("/user-rights/list/?f.role=CASEWORKER").text)[0]
    eeva.get(f"/user-rights/end/{right}")
    assert eeva.post(f"/user-rights/end/{right}", end_reason="TASK_ENDED").status_code == 303
    refused = matti.get(f"/clients/show/{client}")
    assert refused.status_code == 302 and "/login/" in refused.location
    kinds = [kind for kind, _to, _subject in letters(app)]
    assert kinds == ["APPLIED", "TO_DECIDE", "OPENED", "ENDED"]


def test_the_end_takes_sessions_and_drafts_of_the_right_along(app: Flask) -> None:
    aino, eeva = Browser(app).sign_in("aino"), Browser(app).sign_in("eeva")
    aino.get("/clients/add")
    token = aino.page.text.split('name="csrf-token" content="')[1].split('"')[0]
    kept = aino.client.post("/drafts/keep", json={"place": "/clients/add", "fields": [["family_name", "Kesken"]]}, headers={"X-CSRFToken": token})
    assert kept.status_code in (200, 204), kept.text
    with app.app_context(), system_scope():
        right = db.session.scalars(select(AccessGrant).where(AccessGrant.role == "CASEWORKER", AccessGrant.organisation_id == VANTAA)).first()
        assert right is not None
        drafts = select(Draft).where(Draft.user_id == right.user_id)
        key, user_id = right.id, right.user_id
    eeva.get(f"/user-rights/end/{key}")
    eeva.post(f"/user-rights/end/{key}", end_reason="MISUSE")
    with app.app_context(), system_scope():
        assert db.session.scalars(drafts).all() == []
        assert db.session.scalars(select(UserSession).where(UserSession.user_id == user_id, UserSession.ended_at.is_(None))).all() == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"role": "WSC_PARTICIPANT"}, "Tätä roolia ei anneta"),
        ({"basis": "B6"}, "Tämä peruste ei sovi"),
        ({"organisation_id": COUNTY, "role": "WSC_PARTICIPANT"}, "Valitse kunta"),
        ({"grantor_id": PORVOO}, "oma organisaatiosi"),
        ({"valid_from": (date.today() - timedelta(days=1)).isoformat()}, "menneisyydessä"),
        ({"valid_to": (date.today() - timedelta(days=1)).isoformat()}, "ennen"),
        ({"valid_to": (date.today() + timedelta(days=900)).isoformat()}, "kahdeksi vuodeksi"),
        ({"training_done_on": (date.today() + timedelta(days=1)).isoformat()}, "tulevaisuudessa"),
        ({"email": "ei osoite"}, "nimi@esimerkki.fi"),
        ({"accepts_liability": ""}, "Ilman tätä"),
        ({"organisation_id": "x"}, "Virhe"),
    ],
)
def test_a_wrong_application_is_explained(sqlite_world: Flask, changes: dict[str, str], sentence: str) -> None:
    matti = Browser(sqlite_world).sign_in("matti")
    values = {name: value for name, value in wish(**changes).items() if value}
    matti.get("/my-rights/apply")
    page = matti.post("/my-rights/apply", **values)
    assert page.status_code == 422 and sentence in page.text and "Alkuvaiheen arvioinnit" in page.text


def test_a_county_participant_is_granted_by_the_municipality(app: Flask) -> None:
    selma = Browser(app).sign_in("selma")
    assert apply(selma, organisation_id=COUNTY, role="WSC_PARTICIPANT", grantor_id=VANTAA, email="selma@example.fi").status_code == 303
    eeva = Browser(app).sign_in("eeva")
    assert grant(eeva, application_at(eeva)).status_code == 303
    assert "Skog, Selma" in eeva.get("/user-rights/list/?f.role=WSC_PARTICIPANT").text
    assert ("OPENED", "selma@example.fi", "Din användarrättighet har öppnats") in letters(app)


def test_nobody_decides_their_own_and_nobody_elses_organisation_sees_it(app: Flask) -> None:
    eeva, eero = Browser(app).sign_in("eeva"), Browser(app).sign_in("eero")
    assert apply(eeva, email="eeva@example.fi").status_code == 303
    key = application_at(eeva)
    assert f"/right-applications/grant/{key}" not in eeva.get(f"/right-applications/show/{key}").text
    assert grant(eeva, key).status_code == 422
    eeva.get(f"/right-applications/refuse/{key}")
    assert eeva.post(f"/right-applications/refuse/{key}", decision_reason="Ei").status_code == 422
    assert Browser(app).sign_in("kaisa").get(f"/right-applications/show/{key}").status_code == 404
    assert Browser(app).sign_in("aino").get(f"/right-applications/show/{key}").status_code == 403
    assert grant(eero, key).status_code == 303


def test_the_first_administrator_is_decided_by_the_agency(app: Flask) -> None:
    matti, kaisa = Browser(app).sign_in("matti"), Browser(app).sign_in("kaisa")
    assert apply(matti, organisation_id=PORVOO, role="ACCESS_ADMIN", basis="B3").status_code == 303
    assert grant(kaisa, application_at(kaisa)).status_code == 303
    matti.post("/logout/")
    assert matti.sign_in("matti").get("/right-applications/list/").status_code == 200


def test_no_more_than_was_asked_is_granted(app: Flask) -> None:
    apply(Browser(app).sign_in("matti"))
    eeva = Browser(app).sign_in("eeva")
    answer = grant(eeva, application_at(eeva), valid_to=(date.today() + timedelta(days=301)).isoformat())
    assert answer.status_code == 422 and "pidemmäksi ajaksi" in answer.text


def test_a_refusal_has_reasons_that_the_applicant_reads(app: Flask) -> None:
    matti, eeva = Browser(app).sign_in("matti"), Browser(app).sign_in("eeva")
    apply(matti)
    key = application_at(eeva)
    eeva.get(f"/right-applications/refuse/{key}")
    assert eeva.post(f"/right-applications/refuse/{key}", decision_reason="").status_code == 422
    assert eeva.post(f"/right-applications/refuse/{key}", decision_reason="Tehtävä ei edellytä oikeutta.").status_code == 303
    assert "Tehtävä ei edellytä oikeutta." in matti.get("/my-rights/").text
    assert eeva.get(f"/right-applications/grant/{key}").status_code == 409


def test_an_application_is_withdrawn_by_its_sender_only(app: Flask) -> None:
    matti, selma, eeva = (Browser(app).sign_in(name) for name in ("matti", "selma", "eeva"))
    apply(matti)
    key = application_at(eeva)
    selma.get("/my-rights/apply")
    assert selma.post(f"/my-rights/withdraw/{key}").status_code == 404
    matti.get("/my-rights/")
    assert matti.post(f"/my-rights/withdraw/{key}").status_code == 303
    matti.get("/my-rights/")
    assert matti.post(f"/my-rights/withdraw/{key}").status_code == 409
    assert eeva.get(f"/right-applications/grant/{key}").status_code == 409


def test_two_rights_one_chooses_and_the_head_says_which(app: Flask) -> None:
    aino, eeva = Browser(app).sign_in("aino"), Browser(app).sign_in("eeva")
    apply(aino, role="INTAKE_WORKER", email="aino@example.fi")
    grant(eeva, application_at(eeva))
    page = aino.get("/my-rights/")
    other = page.text.split("/my-rights/act/")[1][:36]
    assert aino.post(f"/my-rights/act/{other}").status_code == 303
    assert "vastaanottava työntekijä" in aino.get("/").text and aino.get("/plans/list/").status_code == 403
    with app.app_context(), system_scope():
        foreign = db.session.scalars(select(AccessGrant.id).where(AccessGrant.organisation_id == PORVOO)).first()
    aino.get("/my-rights/")
    assert aino.post(f"/my-rights/act/{foreign}").status_code == 404


def test_everything_keeps_its_history_and_leaves_its_event(app: Flask) -> None:
    matti, eeva = Browser(app).sign_in("matti"), Browser(app).sign_in("eeva")
    apply(matti)
    key = application_at(eeva)
    grant(eeva, key, decision_reason="Sovittu esihenkilön kanssa.")
    page = eeva.get(f"/right-applications/show/{key}").text
    assert "Sovittu esihenkilön kanssa." in page and "Matti Mallikas" in page and "Eeva Eskola" in page
    with app.config["OWNER"].app_context(), system_scope():
        assert set(db.session.scalars(select(RightEvent.what))) == {"APPLIED", "GRANTED", "OPENED"}
        names = set(db.session.scalars(select(AuditEvent.name)))
        assert {"right_application:applied", "access_grant:granted", "access_grant:opened"} <= names
        assert db.session.get_one(RightApplication, key).email == "matti@example.fi"


def test_where_the_agency_opens_nothing_is_open_before(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "KOTO", replace(app.config["KOTO"], opens_rights=False))
    matti, eeva, kaisa = (Browser(app).sign_in(name) for name in ("matti", "eeva", "kaisa"))
    apply(matti)
    grant(eeva, application_at(eeva))
    matti.post("/logout/")
    assert matti.sign_in("matti").get("/clients/list/").status_code == 403
    assert eeva.get("/right-openings/list/").status_code == 403, "a municipality opens nothing"
    assert "/right-openings/list/" in kaisa.get("/").text and "/right-openings/list/" not in eeva.get("/").text
    page = kaisa.get("/right-openings/list/")
    row = page.text.split('name="rowid" value="')[1][:36]
    assert "Avattiin." in kaisa.post("/right-openings/action_post", rowid=row, action="open_rights").text
    matti.post("/logout/")
    assert matti.sign_in("matti").get("/clients/list/").status_code == 200


def test_an_invitation_is_a_letter_and_no_right(app: Flask) -> None:
    eeva = Browser(app).sign_in("eeva")
    eeva.get("/right-applications/invite")
    assert eeva.post("/right-applications/invite", email="uusi@example.fi", role="CASEWORKER", language="sv").status_code == 303
    assert letters(app) == [("INVITED", "uusi@example.fi", "Du är inbjuden att ansöka om en användarrättighet")]


def test_a_narrowed_administrator_grants_no_full_one(app: Flask) -> None:
    with app.app_context(), system_scope():
        narrow = LocalRole(org_id=VANTAA, base="ACCESS_ADMIN", name_fi="Suppea", name_sv="Snäv", withheld="can_end AccessGrantView")
        db.session.add(narrow)
        db.session.flush()
        for right in db.session.scalars(select(AccessGrant).where(AccessGrant.role == "ACCESS_ADMIN", AccessGrant.organisation_id == VANTAA)):
            right.local_role_id = narrow.id
        db.session.commit()
    apply(Browser(app).sign_in("matti"), role="ACCESS_ADMIN", basis="B3")
    eeva = Browser(app).sign_in("eeva")
    answer = grant(eeva, application_at(eeva))
    assert answer.status_code == 422 and "enemmän kuin omassasi" in answer.text


def test_those_who_left_are_shown_before_their_rights_end(app: Flask) -> None:
    eeva = Browser(app).sign_in("eeva")
    keys = re.findall(r'/user-rights/show/([0-9a-f-]{36})">(?:Laine|Mattila), ', eeva.get("/user-rights/list/").text)
    assert len(keys) == 2
    asked = eeva.post("/user-rights/action_post", action="end_left", rowid=keys)
    assert asked.status_code == 200 and "päättyvät heti" in asked.text and "Laine, " in asked.text and "Mattila, " in asked.text
    rights = select(AccessGrant.end_reason).where(AccessGrant.id.in_(keys), AccessGrant.ended_at.is_not(None))
    with app.app_context(), system_scope():
        assert db.session.scalars(rights).all() == [], "nothing has happened yet"
    told = eeva.post("/user-rights/action_post", action="end_left", rowid=keys, _confirmed="y")
    assert told.status_code == 200 and told.text.count("Päätettiin.") == 2
    with app.app_context(), system_scope():
        assert db.session.scalars(rights).all() == ["LEFT", "LEFT"]
