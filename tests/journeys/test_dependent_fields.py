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
