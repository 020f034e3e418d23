"""Fields that depend on another show when they are asked for, keep what they hold, and all show without script."""

from __future__ import annotations

from typing import Any

import pytest

LANGUAGE, REASON = "#interpreter_language", "#no_identity_code_reason"


def test_a_field_follows_a_box_and_keeps_what_it_holds(client_form: Any) -> None:
    assert not client_form.is_visible(LANGUAGE)
    client_form.check("#interpreter_needed")
    client_form.select_option(LANGUAGE, "uk")
    client_form.uncheck("#interpreter_needed")
    assert not client_form.is_visible(LANGUAGE)
    client_form.check("#interpreter_needed")
    assert client_form.is_visible(LANGUAGE) and client_form.input_value(LANGUAGE) == "uk"


def test_a_field_is_asked_while_another_is_empty(client_form: Any) -> None:
    assert client_form.is_visible(REASON)
    client_form.fill("#identity_code", "010190-900P")
    assert not client_form.is_visible(REASON)


def test_a_field_with_an_error_shows(client_form: Any) -> None:
    client_form.click("#main-form .form-actions button")
    assert client_form.is_visible(REASON)


@pytest.mark.parametrize("client_form", [False], indirect=True)
def test_all_show_without_script(client_form: Any) -> None:
    assert client_form.is_visible(LANGUAGE) and client_form.is_visible(REASON)


@pytest.fixture
def consent_form(client_form: Any, site: str) -> Any:
    """The form of a new consent of the first client of the list."""
    client_form.goto(f"{site}/clients/list/")
    key = client_form.get_attribute("main table a[href*='/clients/show/']", "href").rpartition("/")[2]
    client_form.goto(f"{site}/consents/add?client={key}")
    return client_form


def test_the_text_of_the_chosen_consent_alone_is_told(consent_form: Any) -> None:
    told = consent_form.locator(".told > div")
    assert told.count() == 3 and not any(one.is_visible() for one in told.all())
    for kind in ("C_CONTACT", "C_MOVE"):
        consent_form.select_option("#type", kind)
        (seen,) = (one for one in told.all() if one.is_visible())
        assert seen.locator("dt").inner_text() == consent_form.inner_text("#type option:checked")
        assert len(seen.locator("dd").inner_text()) > 100


@pytest.mark.parametrize("client_form", [False], indirect=True)
def test_all_texts_of_consents_are_told_without_script(consent_form: Any) -> None:
    assert consent_form.locator(".told > div:visible").count() == 3
