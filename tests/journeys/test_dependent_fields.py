"""Fields that depend on another show when they are asked for, keep what they hold, and all show without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.demo.accounts import DEMO_PASSWORD
from tests.support.browser import served, sign_in

LANGUAGE, REASON = "#interpreter_language", "#no_identity_code_reason"


@pytest.fixture(scope="module")
def site(sqlite_app: Flask) -> Iterator[str]:
    with served(Path(sqlite_app.instance_path)) as address:
        yield address


@pytest.fixture
def form(site: str, browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    context = browser.new_context(java_script_enabled=getattr(request, "param", True))
    page = context.new_page()
    sign_in(page, site, "cecilia", DEMO_PASSWORD)
    page.goto(f"{site}/clients/add")
    if page.locator(".draft button").count():
        page.click(".draft button")
    yield page
    context.close()


def test_a_field_follows_a_box_and_keeps_what_it_holds(form: Any) -> None:
    assert not form.is_visible(LANGUAGE)
    form.check("#interpreter_needed")
    form.select_option(LANGUAGE, "uk")
    form.uncheck("#interpreter_needed")
    assert not form.is_visible(LANGUAGE)
    form.check("#interpreter_needed")
    assert form.is_visible(LANGUAGE) and form.input_value(LANGUAGE) == "uk"


def test_a_field_is_asked_while_another_is_empty(form: Any) -> None:
    assert form.is_visible(REASON)
    form.fill("#identity_code", "010190-900P")
    assert not form.is_visible(REASON)


def test_a_field_with_an_error_shows(form: Any) -> None:
    form.click("#main-form .form-actions button")
    assert form.is_visible(REASON)


@pytest.mark.parametrize("form", [False], indirect=True)
def test_all_show_without_script(form: Any) -> None:
    assert form.is_visible(LANGUAGE) and form.is_visible(REASON)
