"""The key / leads to the search of clients, and switched off it types nothing and moves nothing."""

from __future__ import annotations

from typing import Any

from app.demo.accounts import DEMO_PASSWORD
from tests.support.browser import sign_in

_FOCUSED = "document.activeElement.id"


def press(page: Any) -> str:
    """Press the key with the focus on a link, and name what has the focus then."""
    page.locator("main a").first.focus()
    page.keyboard.press("/")
    return str(page.evaluate(_FOCUSED))


def switch(page: Any, site: str, *, on: bool) -> None:
    page.goto(f"{site}/my-settings/")
    page.set_checked("#single_keys", on)
    page.click("main form button")
    page.wait_for_selector(".message-success")


def test_the_key_leads_to_the_search_until_it_is_switched_off(site: str, browser: Any) -> None:
    context = browser.new_context(locale="fi")
    page = context.new_page()
    sign_in(page, site, "aino", DEMO_PASSWORD)
    page.goto(f"{site}/clients/list/")
    assert press(page) == "find-q" and page.input_value("#find-q") == ""
    page.keyboard.type("1/2")
    assert page.input_value("#find-q") == "1/2", "in a field the key is a letter like any other"

    switch(page, site, on=False)
    page.goto(f"{site}/clients/list/")
    link = page.locator("main a").first
    assert press(page) == link.evaluate("item => item.id") and link.evaluate("item => item === document.activeElement")
    assert page.input_value("#find-q") == "" and page.input_value("#search-q") == ""
    assert page.get_attribute("#find-q", "aria-keyshortcuts") is None

    switch(page, site, on=True)
    page.goto(f"{site}/clients/list/")
    assert press(page) == "find-q"
    context.close()
