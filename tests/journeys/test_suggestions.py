"""A relation field in a browser: by keyboard with suggestions, and without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.demo.accounts import DEMO_PASSWORD
from tests.support.browser import served, sign_in

FIELD = "#home_municipality_id"


@pytest.fixture(scope="module")
def site(sqlite_app: Flask) -> Iterator[str]:
    with served(Path(sqlite_app.instance_path)) as address:
        yield address


@pytest.fixture
def form(site: str, browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The form of a new client, without script where the test asks for it."""
    context = browser.new_context(java_script_enabled=getattr(request, "param", True))
    page = context.new_page()
    sign_in(page, site, "aino", DEMO_PASSWORD)
    page.goto(f"{site}/clients/add")
    if page.locator(".draft button").count():
        page.click(".draft button")
    yield page
    context.close()


def test_a_row_is_chosen_by_keyboard(form: Any) -> None:
    form.focus(FIELD)
    form.keyboard.type("hämee")
    form.wait_for_selector(f"{FIELD}[aria-expanded=true]")
    assert form.locator("[role=option]").all_inner_texts() == ["Hämeenkyrö", "Hämeenlinna"]
    form.keyboard.press("ArrowDown")
    form.keyboard.press("ArrowDown")
    active = form.get_attribute(FIELD, "aria-activedescendant")
    assert form.inner_text(f"#{active}") == "Hämeenlinna" and form.get_attribute(f"#{active}", "aria-selected") == "true"
    form.keyboard.press("Enter")
    assert form.url.endswith("/clients/add"), "Enter chooses; it does not send the form"
    assert form.input_value(FIELD) == "Hämeenlinna" and len(form.input_value(f"{FIELD}-value")) == 36
    assert form.get_attribute(FIELD, "aria-expanded") == "false"


def test_escape_closes_and_writing_on_forgets_the_choice(form: Any) -> None:
    form.focus(FIELD)
    form.keyboard.type("porvoo")
    form.wait_for_selector(f"{FIELD}[aria-expanded=true]")
    form.click("[role=option]")
    assert form.input_value(f"{FIELD}-value")
    form.focus(FIELD)
    form.keyboard.type("x")
    assert form.input_value(f"{FIELD}-value") == ""
    form.keyboard.press("Backspace")
    form.wait_for_selector(f"{FIELD}[aria-expanded=true]")
    form.keyboard.press("Escape")
    assert form.get_attribute(FIELD, "aria-expanded") == "false" and form.input_value(FIELD) == "Porvoo"


@pytest.mark.parametrize("form", [False], indirect=True)
def test_a_name_is_enough_without_script(form: Any) -> None:
    for name, value in (("family_name", "Skriptitön"), ("given_names", "Testi"), ("birth_date", "1990-01-02"), ("relationship_started", "2026-09-01")):
        form.fill(f"[name={name}]", value)
    for name, value in (("no_identity_code_reason", "PENDING"), ("citizenship", "UA"), ("mother_tongue", "uk"), ("service_language", "fi")):
        form.select_option(f"[name={name}]", value)
    form.fill(FIELD, "hämee")
    form.click("#main-form .form-actions button")
    assert "Useita osumia: Hämeenkyrö, Hämeenlinna" in form.inner_text(".error-summary")
    form.fill(FIELD, "hämeenlinna")
    form.click("#main-form .form-actions button")
    assert "/clients/show/" in form.url
    form.click("nav.tabs >> text=Perustiedot")
    assert "Hämeenlinna" in form.inner_text("main")
