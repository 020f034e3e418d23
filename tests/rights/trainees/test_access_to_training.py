"""From the short form to the end of the account: granted at once or decided, renewed by oneself, ended by the calendar."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

from app.access.actor import system_scope
from app.db.base import db
from app.mail.models import OutgoingMail
from app.organisations.models import organisation_key
from app.rights.trainees.rules import is_of_known_domain, last_day, lengthens
from app.rights.upkeep import upkeep
from app.users.models import AccessGrant
from tests.support.app import Browser, make_app, prepare

TODAY = date.today()
PASSWORD = "vihreä lampaan sateenvarjo 77"
VANTAA = organisation_key("MUNICIPALITY", "092")


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = make_app(tmp_path_factory.mktemp("trainees"), settings={"KOTO_ENVIRONMENT": "training", "KOTO_TRAINING_DOMAINS": "vantaa.fi"})
    prepare(app, 3)
    return app


def apply(browser: Browser, email: str, **changes: str) -> Any:
    browser.get("/training-access/")
    fields = {"given_name": "Maija", "family_name": "Mallikas", "organisation_id": VANTAA, "email": email, "password": PASSWORD, "again": PASSWORD}
    return browser.post("/training-access/", **fields | changes)


def account(app: Flask, name: str) -> Any:
    with app.app_context():
        return db.session.scalar(select(User).where(User.username == name))


def test_a_known_domain_opens_access_at_once(training: Flask) -> None:
    maija = Browser(training)
    assert apply(maija, "Maija@edu.vantaa.fi").status_code == 303
    page = maija.get("/my-rights/").text
    until = TODAY + timedelta(days=89)
    assert f"{until.day}.{until.month}.{until.year}" in page and maija.get("/").status_code == 200
    assert maija.get("/clients/list/").status_code == 403, "access is no right to anybody's clients"
    assert "avoinna" in maija.get("/my-letters/").text or "auki" in maija.page.text or "avattu" in maija.page.text
    other = Browser(training)
    assert "jo tili" in apply(other, "maija@edu.vantaa.fi").text


def test_an_unknown_one_waits_for_the_national_administrator(training: Flask) -> None:
    oiva = Browser(training)
    assert apply(oiva, "oiva@muualla.example").status_code == 303
    assert "odottaa" in oiva.get("/my-rights/").text and oiva.get("/").status_code == 303
    kaisa = Browser(training).sign_in("kaisa")
    assert "hakemus" in kaisa.get("/my-letters/").text.lower()
    key = re.findall(r"/right-applications/show/([0-9a-f-]{36})", kaisa.get("/right-applications/list/?f.state=SENT").text)[0]
    assert kaisa.get(f"/right-applications/show/{key}").status_code == 200
    kaisa.get(f"/right-applications/grant/{key}")
    granted = kaisa.post(f"/right-applications/grant/{key}", valid_from=TODAY.isoformat(), valid_to=last_day(TODAY, 90).isoformat())
    assert granted.status_code == 303
    assert "koulutettava" in Browser(training).sign_in("oiva@muualla.example", PASSWORD).get("/").text


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"again": "muuta"}, "eivät ole samat"), ({"password": "lyhyt", "again": "lyhyt"}, "liian lyhyt"), ({"organisation_id": "x"}, ""), ({"given_name": " "}, "Täytä tämä kenttä"),
])  # fmt: skip
def test_bad_input_is_explained_and_makes_no_account(training: Flask, changes: dict[str, str], sentence: str) -> None:
    answer = apply(Browser(training), "bad@vantaa.fi", **changes)
    assert answer.status_code == 422 and sentence in answer.text and 'value="bad@vantaa.fi"' in answer.text
    assert account(training, "bad@vantaa.fi") is None


def test_a_trainee_renews_by_themselves_and_the_account_ends_without(training: Flask) -> None:
    for name in ("jatkaja", "lopettaja"):
        assert apply(Browser(training), f"{name}@vantaa.fi").status_code == 303
    with training.app_context(), system_scope():
        found = db.session.scalars(select(AccessGrant).join(User, User.id == AccessGrant.user_id).where(User.username.in_(["jatkaja@vantaa.fi", "lopettaja@vantaa.fi"])))
        for grant in found:
            grant.valid_to = TODAY + timedelta(days=5)
        db.session.commit()
        assert upkeep(db.session, TODAY).get("REMINDED_1_WEEK") == 2, "a letter comes before the end"
    going = Browser(training).sign_in("jatkaja@vantaa.fi", PASSWORD)
    going.get("/my-rights/")
    assert going.post("/training-access/renew").status_code == 303
    lasting = Browser(training).sign_in("lopettaja@vantaa.fi", PASSWORD)
    key = account(training, "lopettaja@vantaa.fi").id
    with training.app_context(), system_scope():
        assert upkeep(db.session, TODAY + timedelta(days=5)).get("ACCOUNTS_ENDED", 0) == 0, "the last day is a day of access"
        assert upkeep(db.session, TODAY + timedelta(days=6))["ACCOUNTS_ENDED"] == 1
        ended = db.session.get_one(User, key)
        assert not ended.active and "lopettaja" not in f"{ended.username}{ended.email}" and "Maija" not in f"{ended.first_name}{ended.last_name}"
        assert db.session.scalars(select(OutgoingMail).where(OutgoingMail.user_id == key)).all() == []
        assert upkeep(db.session, TODAY + timedelta(days=6)).get("ACCOUNTS_ENDED", 0) == 0
    assert lasting.get("/my-rights/").status_code in (302, 303), "the session is over"
    assert account(training, "jatkaja@vantaa.fi").active
    assert apply(Browser(training), "lopettaja@vantaa.fi").status_code == 303, "whoever comes back begins anew"


def test_the_standing_cast_never_ends(training: Flask) -> None:
    with training.app_context(), system_scope():
        upkeep(db.session, TODAY + timedelta(days=1))
    assert account(training, "aino").active


def test_domains_and_days() -> None:
    assert is_of_known_domain("a@VANTAA.fi", ["vantaa.fi"]) and is_of_known_domain("a@edu.vantaa.fi", ["vantaa.fi"])
    assert not is_of_known_domain("a@eivantaa.fi", ["vantaa.fi"]) and not is_of_known_domain("vantaa.fi@muu.fi", ["vantaa.fi"])
    first = date(2026, 1, 1)
    assert last_day(first, 90) == date(2026, 3, 31) and not lengthens(last_day(first, 90), first, 90) and lengthens(last_day(first, 90), first + timedelta(1), 90)
    assert not lengthens(None, first, 90)
