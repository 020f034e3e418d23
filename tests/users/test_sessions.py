"""Sessions live on the server: signing out, disabling and a new password end them at the next request."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select, update
from werkzeug.security import generate_password_hash

from app.access.actor import system_scope
from app.db.base import db
from app.db.types import now
from app.demo.accounts import DEMO_PASSWORD
from app.users.models import AccessGrant, UserSession
from app.web.memo import SearchMemo
from tests.support.app import Browser


def signed_in(browser: Browser) -> bool:
    return browser.get("/clients/list/").status_code == 200


def change(app: Flask, username: str, **values: Any) -> None:
    with app.app_context(), system_scope():
        db.session.execute(update(User).where(User.username == username).values(**values))
        db.session.commit()


def test_a_copied_cookie_is_dead_after_signing_out(sqlite_app: Flask) -> None:
    browser = Browser(sqlite_app).sign_in("aino")
    copied = browser.client.get_cookie("koto_session")
    assert copied and signed_in(browser)
    browser.post("/logout/")
    thief = Browser(sqlite_app)
    thief.client.set_cookie("koto_session", copied.value)
    assert not signed_in(thief)


def test_a_disabled_user_is_out_at_the_next_request(sqlite_app: Flask) -> None:
    browser = Browser(sqlite_app).sign_in("aino")
    change(sqlite_app, "aino", active=False)
    try:
        assert not signed_in(browser)
    finally:
        change(sqlite_app, "aino", active=True)


def test_a_new_password_ends_the_sessions_of_the_old_one(sqlite_app: Flask) -> None:
    browser = Browser(sqlite_app).sign_in("aino")
    change(sqlite_app, "aino", password=generate_password_hash("a new passphrase"))
    assert not signed_in(browser)
    change(sqlite_app, "aino", password=generate_password_hash(DEMO_PASSWORD))


def test_a_right_that_ends_stops_the_next_request(sqlite_app: Flask) -> None:
    browser = Browser(sqlite_app).sign_in("aino")
    with sqlite_app.app_context(), system_scope():
        user_id = db.session.scalar(select(User.id).where(User.username == "aino"))
    yesterday = date.today() - timedelta(days=1)

    def until(day: date | None) -> None:
        with sqlite_app.app_context(), system_scope():
            db.session.execute(update(AccessGrant).where(AccessGrant.user_id == user_id).values(valid_to=day))
            db.session.commit()

    until(yesterday)
    try:
        assert browser.get("/clients/list/").status_code == 403
        assert browser.get("/").location == "/my-rights/"
    finally:
        until(None)


@pytest.mark.parametrize("target", ["//evil.invalid", "https://evil.invalid/", "/\\evil.invalid", "javascript:alert(1)"])
def test_sign_in_never_leads_elsewhere(sqlite_app: Flask, target: str) -> None:
    browser = Browser(sqlite_app)
    browser.get("/login/")
    assert browser.post(f"/login/?next={target}", username="aino", password=DEMO_PASSWORD).headers["Location"] == "/"


def test_expired_sessions_and_old_searches_go(app: Flask) -> None:
    browser = Browser(app).sign_in("bengt")
    browser.get("/clients/list/")
    browser.post("/clients/search", q="aa")
    with app.app_context(), system_scope():
        user_id = db.session.scalar(select(User.id).where(User.username == "bengt"))
        long_ago = now() - timedelta(days=3)
        db.session.execute(update(UserSession).where(UserSession.user_id == user_id).values(expires_at=long_ago))
        db.session.execute(update(SearchMemo).where(SearchMemo.user_id == user_id).values(made_at=long_ago))
        db.session.commit()
    assert not signed_in(browser)
    again = Browser(app).sign_in("bengt")
    again.get("/clients/list/")
    again.post("/clients/search", q="bb")
    with app.app_context(), system_scope():
        assert len(db.session.scalars(select(UserSession).where(UserSession.user_id == user_id)).all()) == 1
        assert [memo.words for memo in db.session.scalars(select(SearchMemo).where(SearchMemo.user_id == user_id))] == ["bb"]
