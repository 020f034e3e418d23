"""Pages of add-ons: who sees which, what a bad application is told, and that nothing is decided twice."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.add_ons.models import AddOn, ApiToken
from app.add_ons.queries import token_digest
from app.add_ons.scopes import role_for, scopes
from app.db.base import db
from app.mail.models import OutgoingMail
from app.organisations.models import organisation_key
from app.users.models import AccessGrant
from tests.add_ons.conftest import accepted, applied, issued, wish
from tests.support.app import Browser


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"scopes": []}, "Valitse ainakin yksi asia, jonka lisäosa saa tehdä."), ({"scopes": ["clients:burn"]}, 'class="field-error"'),
        ({"valid_to": f"{date.today() - timedelta(days=1)}"}, "Anna tämä tai myöhempi päivä."), ({"valid_to": f"{date.today() + timedelta(days=732)}"}, "enintään kahdeksi vuodeksi"),
        ({"answers_for_it": ""}, "Ilman tätä lisäosaa ei oteta käyttöön."), ({"email": "ei osoite"}, "nimi@"), ({"name": ""}, "Täytä tämä kenttä."),
    ],
)  # fmt: skip
def test_a_bad_application_is_told_what_is_wrong_and_keeps_what_was_typed(app: Flask, changes: dict[str, Any], sentence: str) -> None:
    eeva = Browser(app).sign_in("eeva")
    eeva.get("/add-ons/add")
    fields = {name: value for name, value in wish("Huono hakemus", "clients:read", **changes).items() if value != ""}
    answer = eeva.post("/add-ons/add", **fields)
    assert answer.status_code == 422 and "Keksitty Ohjelmisto Oy" in answer.text
    assert sentence in answer.text
    with app.app_context(), system_scope():
        assert db.session.scalar(select(AddOn.id).where(AddOn.name == "Huono hakemus")) is None


def test_a_name_is_not_taken_twice_unless_refused(app: Flask) -> None:
    applied(app, "Sama nimi", "clients:read")
    eeva = Browser(app).sign_in("eeva")
    eeva.get("/add-ons/add")
    answer = eeva.post("/add-ons/add", **wish("SAMA NIMI", "clients:read"))
    assert answer.status_code == 422 and "Teillä on jo tämänniminen lisäosa." in answer.text


def test_every_scope_is_offered_in_words_and_one_role_holds_them_all(app: Flask) -> None:
    eeva = Browser(app).sign_in("eeva")
    text = eeva.get("/add-ons/add").text
    with app.app_context():
        names = list(scopes())
        assert role_for(names) == "TEAM_LEAD"
        assert {name: role_for([name]) for name in names if name.startswith(("clients", "figures"))} == {
            "clients:read": "INTAKE_WORKER", "clients:write": "CASEWORKER", "figures:read": "ANALYST",
        }  # fmt: skip
    assert len(names) >= 7 and all(f'value="{name}"' in text for name in names)
    assert "Asiakkaat: katsoa luetteloa ja avata tiedon" in text
    eeva.get("/lang/sv")
    in_swedish = eeva.get("/add-ons/add").text
    eeva.get("/lang/fi")
    assert "Kunder: se listan och öppna en uppgift" in in_swedish


def test_another_municipality_and_other_roles_see_nothing(app: Flask) -> None:
    key = accepted(app, "Vantaan oma", "clients:read")
    for username in ("aino", "bengt", "cecilia", "minna", "lotta"):
        browser = Browser(app).sign_in(username)
        assert {browser.get(path).status_code for path in (f"/add-ons/show/{key}", "/add-ons/list/", f"/add-on-decisions/show/{key}")} == {403}
    # Each of the two administrators has the pages of their own side.
    eeva, kaisa = Browser(app).sign_in("eeva"), Browser(app).sign_in("kaisa")
    assert eeva.get(f"/add-on-decisions/show/{key}").status_code == 403 and kaisa.get(f"/add-ons/show/{key}").status_code == 403
    assert kaisa.get("/add-on-tokens/list/").status_code == 403
    with app.app_context(), system_scope():
        token = ApiToken(add_on_id=key, org_id=organisation_key("MUNICIPALITY", "638"), name="muun", digest=token_digest(key), valid_to=date.today())
        other = AddOn(org_id=token.org_id, name="Porvoon", supplier="x", purpose="x", email="x@example.fi", scopes=["clients:read"], valid_to=date.today())
        db.session.add_all([token, other])
        db.session.commit()
        foreign, foreign_token = other.id, token.id
    for path in (f"/add-ons/show/{foreign}", f"/add-ons/edit/{foreign}", f"/add-ons/issue/{foreign}", f"/add-ons/end/{foreign}", f"/add-on-tokens/show/{foreign_token}"):
        assert eeva.get(path).status_code == 404, path
    assert "Porvoon" not in eeva.get("/add-ons/list/").text
    assert "Porvoon" in kaisa.get("/add-on-decisions/list/").text


def test_what_was_decided_is_neither_edited_nor_decided_again(app: Flask) -> None:
    key = accepted(app, "Päätetty kerran", "clients:read")
    eeva, kaisa = Browser(app).sign_in("eeva"), Browser(app).sign_in("kaisa")
    assert eeva.get(f"/add-ons/edit/{key}").status_code == 409
    assert kaisa.get(f"/add-on-decisions/decide/{key}").status_code == 409


def test_a_refusal_needs_its_reasons_and_gives_no_right(app: Flask) -> None:
    key = applied(app, "Hylättävä", "clients:read")
    kaisa = Browser(app).sign_in("kaisa")
    kaisa.get(f"/add-on-decisions/decide/{key}")
    assert "Perustele hylkäys." in kaisa.post(f"/add-on-decisions/decide/{key}", decision="REFUSE").text
    kaisa.get(f"/add-on-decisions/decide/{key}")
    assert kaisa.post(f"/add-on-decisions/decide/{key}", decision="REFUSE", decision_reason="Salaus puuttuu.").status_code == 303
    eeva = Browser(app).sign_in("eeva")
    text = eeva.get(f"/add-ons/show/{key}").text
    assert "Salaus puuttuu." in text and "hylätty" in text
    assert eeva.get(f"/add-ons/issue/{key}").status_code == 409
    with app.app_context(), system_scope():
        assert db.session.get_one(AddOn, key).grant_id is None


def test_acceptance_gives_the_narrowest_right_and_tells_whoever_answers(app: Flask) -> None:
    key = accepted(app, "Kapein", "clients:read")
    with app.config["OWNER"].app_context(), system_scope():
        add_on = db.session.get_one(AddOn, key)
        grant = db.session.get_one(AccessGrant, add_on.grant_id)
        assert (grant.role, grant.organisation_id, grant.valid_to, grant.user.password) == ("INTAKE_WORKER", add_on.org_id, add_on.valid_to, None)
        letters = [mail for mail in db.session.scalars(select(OutgoingMail)) if key in mail.body]
        assert len(letters) == 1
    # The right stands among the others, with its history.
    eeva = Browser(app).sign_in("eeva")
    text = eeva.get(f"/user-rights/show/{grant.id}").text
    assert "Kapein, API" in text


def test_a_token_is_shown_once_and_kept_as_a_digest(app: Flask) -> None:
    key = accepted(app, "Kerran näytettävä", "clients:read")
    token = issued(app, key)
    eeva = Browser(app).sign_in("eeva")
    page = eeva.get(f"/add-ons/show/{key}").text
    assert token not in page and "palvelin" in page
    with app.app_context(), system_scope():
        row = db.session.scalars(select(ApiToken).where(ApiToken.add_on_id == key)).one()
        assert row.digest == token_digest(token) and not re.search(r"koto_", row.digest)


def test_the_same_form_sent_twice_makes_one_token(app: Flask) -> None:
    key = accepted(app, "Kahdesti lähetetty", "clients:read")
    eeva = Browser(app).sign_in("eeva")
    form = eeva.get(f"/add-ons/issue/{key}")
    fields = {"name": "palvelin", "valid_to": f"{date.today()}", "_form": re.search(r'name="_form" value="([^"]+)"', form.text).group(1)}  # type: ignore[union-attr]
    assert eeva.post(f"/add-ons/issue/{key}", **fields).status_code == 200
    eeva.get("/add-ons/list/")
    assert eeva.post(f"/add-ons/issue/{key}", **fields).status_code == 303
    with app.app_context(), system_scope():
        assert len(db.session.scalars(select(ApiToken.id).where(ApiToken.add_on_id == key)).all()) == 1


@pytest.mark.parametrize(("days", "sentence"), [(-1, "Anna tämä tai myöhempi päivä."), (367, "Viimeinen mahdollinen päivä on")])
def test_a_token_of_an_impossible_day_is_refused(app: Flask, days: int, sentence: str) -> None:
    key = accepted(app, f"Päivä {days}", "clients:read")
    eeva = Browser(app).sign_in("eeva")
    eeva.get(f"/add-ons/issue/{key}")
    answer = eeva.post(f"/add-ons/issue/{key}", name="palvelin", valid_to=f"{date.today() + timedelta(days=days)}")
    assert answer.status_code == 422 and sentence in answer.text


def test_a_right_that_was_made_shorter_is_what_the_pages_tell(app: Flask) -> None:
    key, day = accepted(app, "Lyhennetty", "clients:read"), date.today() + timedelta(days=12)
    with app.app_context(), system_scope():
        grant = db.session.get_one(AddOn, key).grant_id
    eeva = Browser(app).sign_in("eeva")
    eeva.get(f"/user-rights/shorten/{grant}")
    assert eeva.post(f"/user-rights/shorten/{grant}", valid_to=f"{day}").status_code == 303
    shown = f"{day:%-d.%-m.%Y}"
    assert shown in eeva.get(f"/add-ons/show/{key}").text and shown in eeva.get("/add-ons/list/").text
    eeva.get(f"/add-ons/issue/{key}")
    answer = eeva.post(f"/add-ons/issue/{key}", name="palvelin", valid_to=f"{day + timedelta(days=1)}")
    assert answer.status_code == 422 and shown in answer.text
