"""Passwords of local accounts: long and hard to guess, changed by whoever knows the present one, set by the operator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select, update

from app import create_app
from app.access.actor import system_scope
from app.audit.models import AuditEvent
from app.db.base import db
from app.demo.accounts import DEMO_PASSWORD
from app.users.models import UserProfile
from config import load_settings
from tests.support.app import Browser
from tests.support.sessions import sessions

PLACE = "/my-password/"
GOOD = "sininen polkupyörä katolla"


@pytest.fixture(autouse=True)
def password_back(request: pytest.FixtureRequest) -> Iterator[None]:
    """Leave the accounts of the application that the test uses as they were found."""
    used = next((name for name in ("app", "sqlite_app") if name in request.fixturenames), None)
    if used is None:
        yield
        return
    app: Flask = request.getfixturevalue(used)
    with app.app_context(), system_scope():
        before = {user.id: user.password for user in db.session.scalars(select(User).where(User.username.in_(("aino", "bengt"))))}
    yield
    with app.app_context(), system_scope():
        for key, password in before.items():
            db.session.execute(update(User).where(User.id == key).values(password=password))
        db.session.commit()


def change(browser: Browser, current: str, password: str, again: str | None = None) -> Any:
    browser.get(PLACE)
    return browser.post(PLACE, current=current, password=password, again=password if again is None else again)


def test_it_works(app: Flask) -> None:
    aino, elsewhere = Browser(app).sign_in("aino"), Browser(app).sign_in("aino")
    before = aino.client.get_cookie("koto_session")
    answer = change(aino, DEMO_PASSWORD, GOOD)
    assert (answer.status_code, answer.location) == (303, "/my-settings/")
    assert "Salasana vaihdettiin." in aino.get("/my-settings/").text and aino.get("/clients/list/").status_code == 200
    assert "/login/" in elsewhere.get("/clients/list/").location and "salasana vaihdettiin" in elsewhere.get("/login/").text
    thief = Browser(app)
    assert before
    thief.client.set_cookie("koto_session", before.value)
    assert "/login/" in thief.get("/clients/list/").location
    elsewhere.get("/login/")
    assert elsewhere.post("/login/", username="aino", password=DEMO_PASSWORD).status_code == 401
    assert elsewhere.post("/login/", username="aino", password=GOOD.upper()).status_code == 401
    Browser(app).sign_in("aino", GOOD)


@pytest.mark.parametrize(
    ("person", "current", "password", "again", "sentence"),
    [("aino", "wrong", GOOD, GOOD, "Nykyinen salasana on väärä."), ("bengt", "wrong", GOOD, GOOD, "Det nuvarande lösenordet är fel."),
     ("aino", DEMO_PASSWORD, GOOD, GOOD + "x", "Uudet salasanat eivät ole samat."), ("bengt", DEMO_PASSWORD, "kort", "kort", "minst 15 tecken"),
     ("aino", DEMO_PASSWORD, "lyhyt", "lyhyt", "vähintään 15 merkkiä"), ("aino", DEMO_PASSWORD, "ab" * 65, "ab" * 65, "enintään 128 merkkiä"),
     ("aino", DEMO_PASSWORD, "aarnioaarnioaarnio", "aarnioaarnioaarnio", "helppo arvata"), ("bengt", DEMO_PASSWORD, "password12345678", "password12345678", "lätt att gissa"),
     ("aino", DEMO_PASSWORD, DEMO_PASSWORD, DEMO_PASSWORD, "Valitse muu kuin nykyinen"), ("aino", "", "", "", "Täytä tämä kenttä")],
)  # fmt: skip
def test_bad_input_is_explained(sqlite_app: Flask, person: str, current: str, password: str, again: str, sentence: str) -> None:
    browser = Browser(sqlite_app).sign_in(person)
    page = change(browser, current, password, again)
    assert page.status_code == 422 and sentence in page.text
    assert "value=" not in "".join(line for line in page.text.splitlines() if 'type="password"' in line)
    assert browser.get("/my-settings/").status_code == 200


def test_guessing_the_present_password_is_limited(sqlite_app: Flask) -> None:
    settings = load_settings({"KOTO_INSTANCE_DIR": str(sqlite_app.instance_path), "KOTO_LOGIN_RATE_LIMIT": "3 per minute"})
    aino = Browser(create_app(settings)).sign_in("aino")
    aino.get(PLACE)
    assert [change(aino, "wrong", GOOD).status_code for _try in range(4)] == [422, 422, 422, 429]


def test_the_fields_help_managers_of_passwords(sqlite_app: Flask) -> None:
    page = Browser(sqlite_app).sign_in("aino").get(PLACE).text
    assert page.count('autocomplete="new-password"') == 2 and 'autocomplete="current-password"' in page and "onpaste" not in page
    assert page.count('type="password"') == 3 and 'autocomplete="username"' in page


def test_a_new_password_is_hashed_slowly(sqlite_app: Flask) -> None:
    change(Browser(sqlite_app).sign_in("aino"), DEMO_PASSWORD, GOOD)
    with sqlite_app.app_context(), system_scope():
        stored = db.session.scalar(select(User.password).where(User.username == "aino")) or ""
    # OWASP asks of scrypt with N = 2^15 and r = 8 three rounds.
    assert re.fullmatch(r"scrypt:32768:8:3\$[A-Za-z0-9]{16}\$[0-9a-f]{128}", stored)


def test_it_records_the_event_without_the_password(sqlite_app: Flask) -> None:
    change(Browser(sqlite_app).sign_in("aino"), DEMO_PASSWORD, GOOD)
    with sqlite_app.app_context(), system_scope():
        found = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "user_account:password_changed").order_by(AuditEvent.at.desc())).first()
        assert found and found.row_id == str(found.user_id) and not found.fields and not found.criteria


def test_an_account_of_the_directory_changes_it_there(sqlite_app: Flask) -> None:
    aino = Browser(sqlite_app).sign_in("aino")
    with sqlite_app.app_context(), system_scope():
        key = db.session.scalar(select(User.id).where(User.username == "aino"))
        db.session.get_one(UserProfile, key).is_local = False
        db.session.commit()
    try:
        page = aino.get(PLACE)
        assert "type=\"password\"" not in page.text and "hakemiston salasanalla" in page.text and PLACE not in aino.get("/my-settings/").text
        aino.get("/my-settings/")
        assert aino.post(PLACE, current=DEMO_PASSWORD, password=GOOD, again=GOOD).status_code == 403
        refused = sqlite_app.test_cli_runner().invoke(args=["users", "set-password", "aino"], input=f"{GOOD}\n")
        assert refused.exit_code == 1 and "directory" in refused.output
    finally:
        with sqlite_app.app_context(), system_scope():
            db.session.get_one(UserProfile, key).is_local = True
            db.session.commit()


def test_the_operator_sets_one_from_a_pipe(app: Flask) -> None:
    aino, run = Browser(app).sign_in("aino"), app.test_cli_runner().invoke
    for weak, reason in (("kort", "too short"), ("aarnioaarnioaarnio", "easy to guess")):
        refused = run(args=["users", "set-password", "aino"], input=f"{weak}\n")
        assert refused.exit_code == 1 and reason in refused.output and weak not in refused.output
    assert aino.get("/clients/list/").status_code == 200
    done = run(args=["users", "set-password", "Aino"], input=f"{GOOD}\n")
    assert done.exit_code == 0 and GOOD not in done.output
    assert "/login/" in aino.get("/clients/list/").location
    Browser(app).sign_in("aino", GOOD)
    assert run(args=["users", "set-password", "aino", GOOD]).exit_code == 2


def test_the_operator_ends_sessions_of_one_or_of_all(sqlite_app: Flask) -> None:
    aino, bengt, run = Browser(sqlite_app).sign_in("aino"), Browser(sqlite_app).sign_in("bengt"), sqlite_app.test_cli_runner().invoke
    assert run(args=["users", "end-sessions"]).exit_code == 2 == run(args=["users", "end-sessions", "aino", "--all"]).exit_code
    assert run(args=["users", "end-sessions", "aino"]).exit_code == 0 and sessions(sqlite_app, "aino") == []
    assert "Palvelun ylläpito lopetti istuntosi." in (aino.get("/clients/list/"), aino.get("/login/"))[1].text
    assert bengt.get("/clients/list/").status_code == 200
    run(args=["users", "end-sessions", "--all"])
    assert "/login/" in bengt.get("/clients/list/").location
