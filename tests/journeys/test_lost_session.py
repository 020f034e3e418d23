"""A session is lost in the middle of a form: the draft is offered back, the text intact; the language switches with it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from flask import Flask

from app.db.types import now
from app.demo.accounts import DEMO_PASSWORD
from tests.support.browser import sign_in
from tests.support.sessions import pass_time


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
    page.wait_for_function("!document.querySelector('[name=family_name]') && document.querySelector('h1')")
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


def opened_long_ago(page: Any, path: str) -> None:
    """Open a page as one that has stood there until four minutes before the end it was told."""
    soon = (now() + timedelta(minutes=4)).isoformat()

    def older(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub('data-ends="[^"]+"', f'data-ends="{soon}"', answer.text()))

    page.route(f"**{path}", older)
    page.goto(path)
    page.unroute(f"**{path}")


def test_a_warning_comes_before_the_end_and_one_press_goes_on(site: str, browser: Any) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    sign_in(page, site, "cecilia", DEMO_PASSWORD)
    opened_long_ago(page, "/clients/add")
    page.wait_for_selector("dialog.session[open]")
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    assert page.locator("dialog.session [data-last]").is_hidden()
    before = page.inner_text("dialog.session [data-clock]")
    page.click("dialog.session [data-continue]")
    page.wait_for_selector("dialog.session:not([open])", state="attached")
    ends = page.text_content("dialog.session [data-clock]") or ""
    assert re.fullmatch(r"\d{1,2}[.:]\d{2}", ends) and re.fullmatch(r"\d{1,2}[.:]\d{2}", before)
    page.goto("/clients/add")
    assert page.locator("dialog.session[open]").count() == 0
    context.close()


def test_at_the_last_end_it_says_that_nothing_continues_it(site: str, browser: Any, sqlite_app: Flask) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    sign_in(page, site, "cecilia", DEMO_PASSWORD)
    pass_time(sqlite_app, timedelta(0), open_for=timedelta(hours=10) - timedelta(minutes=4))
    page.goto("/clients/add")
    page.wait_for_selector("dialog.session[open]")
    assert "Den här sessionen kan inte förlängas" in page.inner_text("dialog.session")
    assert page.locator("dialog.session [data-continue]").is_hidden()
    page.click("dialog.session [data-close]")
    context.close()
