"""Repeating rows in a browser: by keyboard with script, and by their buttons without."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from app.demo.accounts import DEMO_PASSWORD
from tests.support.accessibility import RULES, broken_rules
from tests.support.browser import sign_in
from tests.support.plan_form import PLAN, goals, new_client


@pytest.fixture
def form(sqlite_app: Flask, site: str, browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The form of a new plan, without script where the test asks for it."""
    context = browser.new_context(java_script_enabled=getattr(request, "param", True))
    page = context.new_page()
    sign_in(page, site, "aino", DEMO_PASSWORD)
    page.goto(f"{site}/plans/add?client={new_client(sqlite_app)}")
    for name, value in PLAN.items():
        page.fill(f"[name={name}]", value)
    yield page
    context.close()


def legends(page: Any) -> list[str]:
    return list(page.locator("#goals-rows > [data-row] > legend").all_inner_texts())


def fill(page: Any, key: int, text: str) -> None:
    page.select_option(f"[name=goals-{key}-horizon]", "PLAN_PERIOD")
    page.select_option(f"[name=goals-{key}-goal_type]", "EMPLOYMENT")
    page.fill(f"[name=goals-{key}-description]", text)


def save(page: Any) -> None:
    page.click("#main-form > .form-actions button")
    page.wait_for_url("**/plans/show/*")


def test_rows_are_added_and_removed_by_keyboard(sqlite_app: Flask, form: Any) -> None:
    address = form.url
    for key, text in enumerate(("Eka", "Toka", "Kolmas")):
        form.focus("button[value='add.goals']")
        form.keyboard.press("Enter")
        assert form.evaluate("document.activeElement.name") == f"goals-{key}-horizon", "the new row has the focus"
        fill(form, key, text)
    assert legends(form) == ["Tavoite 1", "Tavoite 2", "Tavoite 3"] and form.inner_text("#goals-rows > [role=status]") == "Lisätty: Tavoite 3"
    ids = form.evaluate("[...document.querySelectorAll('[id]')].map((item) => item.id)")
    assert len(ids) == len(set(ids)) and broken_rules(form, RULES) == []
    form.focus("button[value='remove.goals.1']")
    form.keyboard.press("Enter")
    assert form.url == address and legends(form) == ["Tavoite 1", "Tavoite 2"] and form.evaluate("document.activeElement.id") == "goals-2"
    assert form.inner_text("#goals-rows > [role=status]") == "Poistettu: Tavoite 2"
    assert form.inner_text("button[value='remove.goals.2']") == "Poista: Tavoite 2"
    save(form)
    assert goals(sqlite_app, form.url) == ["Eka", "Kolmas"]


def test_the_draft_follows_the_rows(form: Any) -> None:
    form.click("button[value='add.goals']")
    fill(form, 0, "Luonnos")
    form.click("button[value='add.services']")
    with form.expect_response("**/drafts/keep"):
        form.fill("[name=services-0-justification]", "Siksi")
    form.goto(form.url)
    assert form.input_value("[name=goals-0-description]") == "Luonnos" and form.input_value("[name=services-0-justification]") == "Siksi"
    with form.expect_response("**/drafts/keep"):
        form.click("button[value='remove.goals.0']")
    form.goto(form.url)
    assert legends(form) == []


def test_a_saved_row_is_removed_when_the_form_is_saved(sqlite_app: Flask, form: Any) -> None:
    form.click("button[value='add.goals']")
    fill(form, 0, "Eka")
    save(form)
    key = form.url
    form.goto(form.url.replace("show", "edit"))
    form.click("button[value='remove.goals.0']")
    form.click("button[value='add.goals']")
    fill(form, 1, "Toinen tilalle")
    assert goals(sqlite_app, key) == ["Eka"]
    save(form)
    assert goals(sqlite_app, key) == ["Toinen tilalle"]


@pytest.mark.parametrize("form", [False], indirect=True)
def test_the_buttons_do_without_script(sqlite_app: Flask, form: Any) -> None:
    form.click("button[value='add.goals']")
    assert form.url.endswith("#goals-0") and form.locator(".error-summary").count() == 0
    fill(form, 0, "Eka")
    form.click("button[value='add.goals']")
    fill(form, 1, "Toka")
    form.click("button[value='remove.goals.0']")
    assert form.url.endswith("#goals-rows") and legends(form) == ["Tavoite 1"]
    form.press("[name=authors]", "Enter")
    form.wait_for_url("**/plans/show/*")
    assert goals(sqlite_app, form.url) == ["Toka"]
