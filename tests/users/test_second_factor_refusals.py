"""What a half sign-in does not open, and which codes are not taken: used, old, wrong, too many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select, update
from werkzeug.security import generate_password_hash

from app.access.actor import system_scope
from app.db.base import db
from app.demo.accounts import DEMO_PASSWORD
from app.users.second_factor import in_groups, is_app_code, new_recovery_codes, new_secret, plain_code, step_of
from app.users.second_factor_models import HalfSignIn, SecondFactor
from tests.support.app import Browser
from tests.support.second_factor import STEP, code_of, enrolled, guarded, half, secret_in

WRONG = "Koodi on väärä tai se on jo käytetty."
# The secret and moments of RFC 6238, appendix B, with the last six of the eight digits there.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC = [(1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")]


@pytest.fixture
def site(app: Flask) -> Iterator[Flask]:
    with guarded(app):
        yield app


@pytest.fixture
def sqlite_site(sqlite_app: Flask) -> Iterator[Flask]:
    with guarded(sqlite_app):
        yield sqlite_app


def wrong_code(secret: str) -> str:
    near = {code_of(secret, ahead) for ahead in range(-3, 4)}
    return next(code for code in ("000000", "111111", "222222", "333333", "444444", "555555", "666666", "777777") if code not in near)


def move(app: Flask, table: Any, **values: Any) -> None:
    with app.app_context(), system_scope():
        db.session.execute(update(table).values(**values))
        db.session.commit()


@pytest.mark.parametrize(("moment", "code"), RFC)
def test_codes_are_those_of_the_standard(moment: int, code: str) -> None:
    at = datetime.fromtimestamp(moment, UTC)
    assert step_of(RFC_SECRET, code, at, after=0) == moment // 30
    assert step_of(RFC_SECRET, code, at, after=moment // 30) is None
    for seconds, is_taken in ((-90, False), (-30, True), (30, True), (90, False)):
        assert (step_of(RFC_SECRET, code, at + timedelta(seconds=seconds), after=0) is not None) is is_taken


def test_codes_and_secrets_are_long_and_differ() -> None:
    codes = new_recovery_codes()
    assert len(set(codes)) == 10 and all(re.fullmatch(r"([a-km-np-z2-9]{4}-){5}[a-km-np-z2-9]{4}", code) for code in codes)
    assert len(new_secret()) == 32 != len(in_groups(new_secret())) and new_secret() != new_secret()
    assert plain_code(" ABCD-efgh 12 ") == "abcdefgh12" and is_app_code("123456") and not is_app_code("١٢٣٤٥٦") and not is_app_code("12345")


def test_a_half_sign_in_opens_nothing(site: Flask) -> None:
    eeva = half(site, "eeva")
    for path in ("/user-rights/list/", "/my-settings/", "/my-sessions/", "/my-password/", "/my-two-step-sign-in/", "/my-rights/"):
        assert "/login/" in eeva.get(path).location, path
    assert eeva.client.get("/api/v1/organisations/").status_code == 401
    eeva.get(STEP)
    assert eeva.post("/session/continue").status_code == 401


def test_a_password_alone_is_enough_for_others(site: Flask) -> None:
    assert Browser(site).sign_in("aino").get("/clients/list/").status_code == 200


def test_a_wrong_password_never_reaches_the_step(sqlite_site: Flask) -> None:
    browser = Browser(sqlite_site)
    browser.get("/login/")
    assert browser.post("/login/", username="eeva", password="wrong").status_code == 401
    assert "/login/" in browser.get(STEP).location


def test_nothing_counts_before_a_code_has_confirmed_it(sqlite_site: Flask) -> None:
    eeva = half(sqlite_site, "eeva")
    first = secret_in(eeva.page.text)
    answer = eeva.post(STEP, code=wrong_code(first))
    assert answer.status_code == 422 and "Koodi ei täsmää" in answer.text and "<title>Virhe: " in answer.text
    again = half(sqlite_site, "eeva")
    second = secret_in(again.page.text)
    assert second != first
    assert again.post(STEP, code=code_of(first)).status_code == 422
    assert "/login/" in again.get("/user-rights/list/").location


def test_a_code_is_taken_once_and_an_older_one_never(site: Flask) -> None:
    _eeva, secret, _codes = enrolled(site, "eeva")
    second = half(site, "eeva")
    assert second.post(STEP, code=code_of(secret, 1)).status_code == 303
    third = half(site, "eeva")
    for ahead in (1, 0, -1):
        answer = third.post(STEP, code=code_of(secret, ahead))
        assert answer.status_code == 422 and WRONG in answer.text
    assert "/login/" in third.get("/user-rights/list/").location


def test_five_wrong_codes_make_the_account_wait(site: Flask) -> None:
    _eeva, secret, _codes = enrolled(site, "eeva")
    browser = half(site, "eeva")
    for _try in range(4):
        assert browser.post(STEP, code=wrong_code(secret)).status_code == 422
    # The count is the account's: another browser has no five tries of its own.
    other = half(site, "eeva")
    answer = other.post(STEP, code=wrong_code(secret))
    assert answer.status_code == 429 and "Liian monta väärää koodia. Yritä uudelleen klo" in answer.text
    assert other.post(STEP, code=code_of(secret, 1)).status_code == 429
    move(site, SecondFactor, blocked_until=datetime.now(UTC) - timedelta(seconds=1))
    assert other.post(STEP, code=code_of(secret, 1)).status_code == 303


def test_a_half_sign_in_lasts_ten_minutes(sqlite_site: Flask) -> None:
    _eeva, secret, _codes = enrolled(sqlite_site, "eeva")
    browser = half(sqlite_site, "eeva")
    move(sqlite_site, HalfSignIn, expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert "/login/" in browser.post(STEP, code=code_of(secret, 1)).location
    assert "Kirjautuminen kesti liian kauan. Aloita alusta." in browser.get("/login/").text
    assert "/login/" in browser.get("/user-rights/list/").location


@pytest.mark.parametrize("change", [{"active": False}, {"password": generate_password_hash("kolme sinistä hevosta")}])
def test_a_half_sign_in_ends_with_the_account_or_its_password(sqlite_site: Flask, change: dict[str, Any]) -> None:
    _eeva, secret, _codes = enrolled(sqlite_site, "eeva")
    browser = half(sqlite_site, "eeva")
    with sqlite_site.app_context(), system_scope():
        user = db.session.scalar(select(User).where(User.username == "eeva"))
        assert user
        key, before = user.id, {name: getattr(user, name) for name in change}
    move_user(sqlite_site, key, change)
    try:
        assert "/login/" in browser.post(STEP, code=code_of(secret, 1)).location
    finally:
        move_user(sqlite_site, key, before)


def move_user(app: Flask, key: int, values: dict[str, Any]) -> None:
    with app.app_context(), system_scope():
        db.session.execute(update(User).where(User.id == key).values(**values))
        db.session.commit()


def test_the_token_of_a_half_sign_in_is_no_session(sqlite_site: Flask) -> None:
    eeva = half(sqlite_site, "eeva")
    with eeva.client.session_transaction() as cookie:
        cookie["token"], cookie["_user_id"] = cookie["half"], "1"
    assert "/login/" in eeva.get("/user-rights/list/").location


def test_it_goes_where_the_person_was_going_and_nowhere_else(sqlite_site: Flask) -> None:
    _eeva, secret, _codes = enrolled(sqlite_site, "eeva")
    browser = Browser(sqlite_site)
    browser.get("/login/?next=/roles/list/")
    answer = browser.post("/login/?next=/roles/list/", username="eeva", password=DEMO_PASSWORD)
    browser.get(answer.location)
    assert browser.post(answer.location, code=code_of(secret, 1)).location == "/roles/list/"
    other = half(sqlite_site, "eeva")
    move(sqlite_site, SecondFactor, last_step=0)
    assert other.post(f"{STEP}?next=//evil.invalid", code=code_of(secret, 1)).location == "/"
