"""An access administrator takes two-step sign-in into use and signs in with it, in a browser; each page on the way is accessible."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.access.actor import system_scope
from app.db.base import db
from app.demo.accounts import DEMO_PASSWORD
from app.users.models import User, UserProfile
from tests.support.accessibility import WIDE, listen, look
from tests.support.browser import served
from tests.support.second_factor import code_of, guarded

BUTTON = "main form button[type=submit]"


@pytest.fixture
def guarded_site(sqlite_app: Flask) -> Iterator[str]:
    with guarded(sqlite_app), served(Path(sqlite_app.instance_path), KOTO_SECOND_FACTOR="on", KOTO_LOGIN_RATE_LIMIT="60 per minute") as address:
        yield address


@pytest.fixture
def speaks(sqlite_app: Flask) -> Iterator[Callable[[str], None]]:
    """Let Eeva's account have a language, and Finnish again afterwards."""

    def chosen(language: str) -> None:
        with sqlite_app.app_context(), system_scope():
            key = select(User.id).where(User.username == "eeva").scalar_subquery()
            db.session.execute(update(UserProfile).where(UserProfile.user_id == key).values(language=language))
            db.session.commit()

    yield chosen
    chosen("fi")


def checked(page: Any, template: str) -> None:
    """Look at a page; in Swedish it has the colours it has in Finnish."""
    assert look(page, template, is_alike=page.get_attribute("html", "lang") == "sv") == []
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light", forced_colors="none")


def as_far_as_the_password(page: Any, site: str) -> None:
    page.goto(f"{site}/login/")
    page.fill("[name=username]", "eeva")
    page.fill("[name=password]", DEMO_PASSWORD)
    page.click(BUTTON)
    page.wait_for_url("**/login/second-step")


@pytest.mark.parametrize(("language", "words"), [("fi", "Kaksivaiheinen kirjautuminen on käytössä."), ("sv", "Tvåstegsinloggning är i bruk.")])
def test_two_steps_are_taken_into_use_and_asked_for(guarded_site: str, browser: Any, speaks: Callable[[str], None], language: str, words: str) -> None:
    speaks(language)
    context = browser.new_context(locale=language)
    page = context.new_page()
    heard = listen(page, guarded_site)
    as_far_as_the_password(page, guarded_site)
    assert page.get_attribute("html", "lang") == language
    assert page.evaluate("document.querySelector('img.qr').naturalWidth") > 0
    checked(page, "enrol")
    secret = page.inner_text("code.key").replace(" ", "")
    page.fill("[name=code]", "12 34")
    page.click(BUTTON)
    page.wait_for_selector(".error-summary")
    used = code_of(secret)
    page.fill("[name=code]", used)
    page.click(BUTTON)
    page.wait_for_selector(".codes")
    assert words in page.inner_text("main") and page.locator(".codes li").count() == 10
    checked(page, "recovery codes")
    page.click(".form-actions a")
    page.goto(f"{guarded_site}/my-two-step-sign-in/")
    checked(page, "own two-step sign-in")
    page.click(".site-header form button")
    as_far_as_the_password(page, guarded_site)
    assert page.get_attribute("[name=code]", "autocomplete") == "one-time-code"
    # Not the code of now: half a minute may have gone by.
    page.fill("[name=code]", used)
    page.click(BUTTON)
    page.wait_for_selector(".error-summary")
    checked(page, "second step")
    page.fill("[name=code]", f"{code_of(secret, 1)[:3]} {code_of(secret, 1)[3:]}")
    page.click(BUTTON)
    page.wait_for_url(f"{guarded_site}/**")
    page.goto(f"{guarded_site}/user-rights/list/")
    assert page.locator("table.data").count() == 1 and heard == []
    context.close()
