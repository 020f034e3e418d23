"""A session is lost in the middle of a form: the draft is offered back, the text intact; the language switches with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import update

from app.access.actor import system_scope
from app.db.base import db
from app.db.types import now
from app.demo.accounts import DEMO_PASSWORD
from app.users.models import UserSession
from tests.support.browser import sign_in


def kept(page: Any) -> None:
    page.wait_for_selector(".draft-status:not(:empty)")
    assert "klo" in page.inner_text(".draft-status") or "kl." in page.inner_text(".draft-status")


def test_the_text_is_there_after_signing_in_again(site: str, browser: Any) -> None:
    context = browser.new_context(locale="fi")
    page = context.new_page()
    sign_in(page, site, "bengt", DEMO_PASSWORD)
    page.goto(f"{site}/clients/add")
    page.fill("[name=family_name]", "Keskeytynyt")
    page.fill("[name=given_names]", "Ääkkönen Þór 日本")
    kept(page)
    context.clear_cookies()
    page.click("#main-form .form-actions button")
    assert page.locator("h1").count() == 1 and page.locator("[name=family_name]").count() == 0
    sign_in(page, site, "bengt", DEMO_PASSWORD)
    page.goto(f"{site}/clients/add")
    assert page.input_value("[name=family_name]") == "Keskeytynyt"
    assert page.input_value("[name=given_names]") == "Ääkkönen Þór 日本"
    page.click("header button[value=fi]")
    page.wait_for_selector("html[lang=fi]")
    assert page.input_value("[name=given_names]") == "Ääkkönen Þór 日本"
    page.goto(f"{site}/clients/add")
    assert page.locator("html[lang=fi] .draft").count() == 1
    page.click(".draft button")
    assert page.input_value("[name=family_name]") == "" and page.locator(".draft").count() == 0
    context.close()


def test_the_browser_itself_keeps_nothing(site: str, browser: Any) -> None:
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, site, "aino", DEMO_PASSWORD)
    page.goto(f"{site}/clients/add")
    page.fill("[name=family_name]", "Muistamaton")
    kept(page)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("indexedDB.databases().then((found) => found.length)") == 0
    assert "Muistamaton" not in str(context.cookies())
    page.click(".draft button") if page.locator(".draft button").count() else None
    context.close()


def test_a_warning_comes_before_the_end_and_one_press_goes_on(site: str, browser: Any, sqlite_app: Flask) -> None:
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, site, "cecilia", DEMO_PASSWORD)
    with sqlite_app.app_context(), system_scope():
        db.session.execute(update(UserSession).where(UserSession.ended_at.is_(None)).values(expires_at=now() + timedelta(minutes=4)))
        db.session.commit()
    page.goto(f"{site}/clients/add")
    page.wait_for_selector("dialog.session[open]")
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.click("dialog.session [data-continue]")
    page.wait_for_selector("dialog.session:not([open])", state="attached")
    page.goto(f"{site}/clients/add")
    assert page.locator("dialog.session[open]").count() == 0
    context.close()
