"""Signing in with two steps, in tests: the setting on, a half sign-in, and the telephone with its codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pyotp
from flask import Flask
from sqlalchemy import delete

from app.access.actor import system_scope
from app.db.base import db
from app.demo.accounts import DEMO_PASSWORD
from app.users.second_factor_models import HalfSignIn, RecoveryCode, SecondFactor
from tests.support.app import Browser

STEP = "/login/second-step"


@contextmanager
def guarded(app: Flask) -> Iterator[Flask]:
    """Serve with two-step sign-in for the length of the block; what people took into use goes at its end."""
    before = app.config["KOTO"]
    app.config["KOTO"] = replace(before, second_factor=True)
    try:
        yield app
    finally:
        app.config["KOTO"] = before
        with app.app_context(), system_scope():
            for table in (HalfSignIn, RecoveryCode, SecondFactor):
                db.session.execute(delete(table))
            db.session.commit()


def half(app: Flask, username: str) -> Browser:
    """Sign in as far as the password goes, and open the second step."""
    browser = Browser(app)
    browser.get("/login/")
    answer = browser.post("/login/", username=username, password=DEMO_PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (303, STEP)
    browser.get(STEP)
    return browser


def secret_in(page: str) -> str:
    """Read the secret of the page that takes it into use."""
    found = re.search(r'<code class="key">([A-Z2-7 ]+)</code>', page)
    assert found, page
    return found.group(1).replace(" ", "")


def code_of(secret: str, ahead: int = 0) -> str:
    """Give the code a telephone shows now, or so many steps later.

    The one ahead is taken too, for clocks differ: a test that has used one code goes on with it at once.
    """
    return pyotp.TOTP(secret).at(datetime.now(UTC), counter_offset=ahead)


def enrolled(app: Flask, username: str) -> tuple[Browser, str, list[str]]:
    """Take two-step sign-in into use; gives the browser, the secret and the recovery codes."""
    browser = half(app, username)
    secret = secret_in(browser.page.text)
    page = browser.post(STEP, code=code_of(secret))
    assert page.status_code == 200
    return browser, secret, re.findall(r"<li><code>([a-z2-9-]{29})</code>", page.text)
