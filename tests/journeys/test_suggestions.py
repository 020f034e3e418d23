"""A relation field in a browser: by keyboard with suggestions, and without script."""

from __future__ import annotations

from typing import Any

import pytest

FIELD = "#home_municipality_id"


def test_a_row_is_chosen_by_keyboard(client_form: Any) -> None:
    client_form.focus(FIELD)
    client_form.keyboard.type("hämee")
    client_form.wait_for_selector(f"{FIELD}[aria-expanded=true]")
    assert client_form.locator("[role=option]").all_inner_texts() == ["Hämeenkyrö", "Hämeenlinna"]
    client_form.keyboard.press("ArrowDown")
    client_form.keyboard.press("ArrowDown")
    active = client_form.get_attribute(FIELD, "aria-activedescendant")
    assert client_form.inner_text(f"#{active}") == "Hämeenlinna" and client_form.get_attribute(f"#{active}", "aria-selected") == "true"
    client_form.keyboard.press("Enter")
    assert client_form.url.endswith("/clients/add"), "Enter chooses; it does not send the form"
    assert client_form.input_value(FIELD) == "Hämeenlinna" and len(client_form.input_value(f"{FIELD}-value")) == 36
    assert client_form.get_attribute(FIELD, "aria-expanded") == "false"


def test_escape_closes_and_writing_on_forgets_the_choice(client_form: Any) -> None:
    client_form.focus(FIELD)
    client_form.keyboard.type("porvoo")
    client_form.wait_for_selector(f"{FIELD}[aria-expanded=true]")
    client_form.click("[role=option]")
    assert client_form.input_value(f"{FIELD}-value")
    client_form.focus(FIELD)
    client_form.keyboard.type("x")
    assert client_form.input_value(f"{FIELD}-value") == ""
    client_form.keyboard.press("Backspace")
    client_form.wait_for_selector(f"{FIELD}[aria-expanded=true]")
    client_form.keyboard.press("Escape")
    assert client_form.get_attribute(FIELD, "aria-expanded") == "false" and client_form.input_value(FIELD) == "Porvoo"


@pytest.mark.parametrize("client_form", [False], indirect=True)
def test_a_name_is_enough_without_script(client_form: Any) -> None:
    for name, value in (("family_name", "Skriptitön"), ("given_names", "Testi"), ("birth_date", "1990-01-02"), ("relationship_started", "2026-09-01")):
        client_form.fill(f"[name={name}]", value)
    for name, value in (("no_identity_code_reason", "PENDING"), ("citizenship", "UA"), ("mother_tongue", "uk"), ("service_language", "fi")):
        client_form.select_option(f"[name={name}]", value)
    client_form.fill(FIELD, "hämee")
    client_form.click("#main-form .form-actions button")
    assert "Useita osumia: Hämeenkyrö, Hämeenlinna" in client_form.inner_text(".error-summary")
    client_form.fill(FIELD, "hämeenlinna")
    client_form.click("#main-form .form-actions button")
    assert "/clients/show/" in client_form.url
    client_form.click("nav.tabs >> text=Perustiedot")
    assert "Hämeenlinna" in client_form.inner_text("main")


def test_a_list_is_narrowed_to_a_worker_by_keyboard(site: str, client_form: Any) -> None:
    client_form.goto(f"{site}/clients/list/?f.status=GUIDANCE")
    client_form.locator("details.filter-panel summary").first.focus()
    client_form.keyboard.press("Enter")
    client_form.keyboard.press("Tab")
    client_form.keyboard.type("ojal")
    client_form.wait_for_selector("#person[aria-expanded=true]")
    client_form.keyboard.press("ArrowDown")
    client_form.keyboard.press("Enter")
    assert client_form.input_value("#person") == "Ojala Olli" and "responsible_worker" not in client_form.url
    client_form.keyboard.press("Enter")
    client_form.wait_for_url("**f.responsible_worker_id=*")
    assert "ojal" not in client_form.url.lower() and "f.status=GUIDANCE" in client_form.url
    assert "Vastuutyöntekijä: Ojala Olli" in client_form.inner_text(".limits")
