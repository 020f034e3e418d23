"""Two workers open the same client; the later one sees both versions, chooses field by field, and neither loses a word."""

from __future__ import annotations

from typing import Any

from app.demo.accounts import DEMO_PASSWORD
from tests.support.browser import sign_in


def edit_form(browser: Any, site: str, username: str, client: str = "") -> Any:
    """Open a client's form; without a key the first of the list."""
    page = browser.new_context().new_page()
    sign_in(page, site, username, DEMO_PASSWORD)
    if not client:
        page.goto(f"{site}/clients/list/")
        page.locator("tbody a").first.click()
        client = page.url.split("/show/")[1].split("?")[0]
    page.goto(f"{site}/clients/edit/{client}")
    return page


def save(page: Any) -> None:
    page.locator(".form-actions button[type=submit]").first.click()


def test_a_conflict_of_two_workers(site: str, browser: Any) -> None:
    aino = edit_form(browser, site, "aino")
    key = aino.url.split("/edit/")[1]
    bengt = edit_form(browser, site, "bengt", key)
    bengt.fill("[name=call_name]", "Bengtin")
    bengt.fill("[name=phone]", "040 111")
    save(bengt)
    assert "/show/" in bengt.url
    aino.fill("[name=call_name]", "Ainon")
    aino.fill("[name=phone]", "040 222")
    save(aino)
    assert "Bengt Berg" in aino.get_by_role("main").text_content()
    groups = aino.locator("fieldset.choices")
    assert groups.count() == 2
    for text in ("Bengtin", "Ainon", "040 111", "040 222"):
        assert aino.get_by_text(text, exact=True).count() == 1, text
    groups.filter(has_text="Ainon").get_by_role("radio").last.check()
    groups.filter(has_text="040 111").get_by_role("radio").first.check()
    save(aino)
    assert "/show/" in aino.url
    aino.goto(f"{site}/clients/edit/{key}")
    assert aino.input_value("[name=call_name]") == "Ainon"
    assert aino.input_value("[name=phone]") == "040 111"
