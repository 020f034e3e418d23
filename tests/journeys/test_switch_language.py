"""A bilingual user switches language in the middle of a half-filled form: every text changes, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest

TYPED = {"family_name": "Kesken", "given_names": "Elina", "birth_date": "1990-05-17", "phone": "040 123"}


def values(page: Any) -> dict[str, str]:
    return {name: page.input_value(f"[name={name}]") for name in TYPED}


@pytest.mark.parametrize("client_form", [True, False], indirect=True, ids=["script", "no-script"])
def test_a_half_filled_form_keeps_what_was_typed(client_form: Any) -> None:
    page = client_form
    for name, text in TYPED.items():
        page.fill(f"[name={name}]", text)
    page.select_option("[name=service_language]", "sv")
    page.get_by_role("button", name="Svenska").click()
    assert page.locator("html").get_attribute("lang") == "sv"
    main = page.get_by_role("main").text_content()
    assert "Efternamn" in main and "Sukunimi" not in main
    assert values(page) == TYPED and page.input_value("[name=service_language]") == "sv"
    assert page.locator(".error-summary").count() == 0, "nothing was saved or checked"
    page.get_by_role("button", name="Suomi").click()
    assert "Sukunimi" in page.get_by_role("main").text_content() and values(page) == TYPED
