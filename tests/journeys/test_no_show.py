"""A no-show in a browser: the client's time was booked with an interpreter, nobody came, and a fee is proposed once the rules allow it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from app.demo.accounts import DEMO_PASSWORD
from tests.support.browser import sign_in
from tests.support.plan_form import new_client

TEXTS = {
    "fi": {"user": "aino", "book": "Varaa aika", "missed": "Asiakas ei saapunut", "propose": "Esitä maksua", "unreasonable": "olisi asiakkaalle kohtuuton (32 a §)",
           "most": "ei koskaan yli 56,70", "done": "Maksua on esitetty", "state": "maksua esitetty", "tick": "Maksu ei ole asiakkaalle kohtuuton"},
    "sv": {"user": "bengt", "book": "Boka en tid", "missed": "Kunden uteblev", "propose": "Föreslå en avgift", "unreasonable": "vore oskälig för kunden (32 a §)",
           "most": "aldrig över 56,70", "done": "Avgiften har föreslagits", "state": "avgift föreslagen", "tick": "Avgiften är inte oskälig för kunden"},
}  # fmt: skip


def send(page: Any) -> None:
    page.click("#main-form .form-actions button[type=submit]")
    page.wait_for_load_state()


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", page.locator("main").inner_text())


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_fee_is_proposed_for_a_missed_meeting(sqlite_app: Flask, site: str, browser: Any, language: str) -> None:
    texts, key, today = TEXTS[language], new_client(sqlite_app, "Poissaolevainen"), date.today()
    context = browser.new_context(locale=language)
    page = context.new_page()
    sign_in(page, site, texts["user"], DEMO_PASSWORD)
    page.goto(f"{site}/clients/show/{key}?tab=appointments")
    page.get_by_role("link", name=texts["book"]).click()
    assert page.locator("#language").input_value() == "uk"
    for name, value in (("held_on", today - timedelta(days=1)), ("booked_on", today - timedelta(days=9)), ("cancelling_told_on", today - timedelta(days=9)),
                        ("fee_warned_on", today - timedelta(days=9))):  # fmt: skip
        page.fill(f"#{name}", value.isoformat())
    page.fill("#clock", "10:15")
    page.check("#interpreter_needed")
    for name, value in (("purpose", "PLAN"), ("interpreter_mode", "PHONE"), ("fee_warned_language", "uk")):
        page.select_option(f"#{name}", value)
    send(page)
    assert "Poissaolevainen" in text_of(page)
    page.get_by_role("link", name=texts["missed"]).click()
    page.select_option("#interpreter_outcome", "IN_VAIN")
    page.fill("#interpreter_cost", "71,20")
    send(page)
    page.get_by_role("link", name=texts["propose"]).click()
    assert texts["most"] in text_of(page) and page.locator("#fee_amount").input_value() == "56,70"
    page.fill("#fee_ground", "Tulot riittävät")
    send(page)
    # Whether the fee is reasonable is for a person to say.
    assert texts["unreasonable"] in text_of(page) and page.locator("#fee_ground").input_value() == "Tulot riittävät"
    page.get_by_label(texts["tick"]).check()
    send(page)
    shown = text_of(page)
    assert texts["done"] in page.locator(".messages").inner_text() and texts["state"] in shown and "56,70" in shown and "Tulot riittävät" in shown
    context.close()
