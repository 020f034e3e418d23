"""Clients are found by part of the name in any spelling, by the whole identity code and by date of birth; words stay out of addresses."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask

from app.core.identity_code import check_character
from tests.support.app import Browser
from tests.web.test_forms import add

BORN = date(1984, 2, 29)
CODE = f"{BORN:%d%m%y}-944{check_character(BORN, 944)}"


@pytest.fixture
def known(app: Flask) -> Browser:
    """Aino, with a client whose name has marks and an apostrophe."""
    aino = Browser(app).sign_in("aino")
    name = "Þórdís O'Brien-Żółć"
    add(aino, family_name=name, given_names="Ähkä", birth_date="1984-02-29", identity_code=CODE, no_identity_code_reason="")
    return aino


def found(browser: Browser, words: str) -> Any:
    browser.get("/clients/list/")
    answer = browser.post("/clients/search", q=words)
    assert "brien" not in answer.headers["Location"].lower() and CODE[:6] not in answer.headers["Location"]
    page = browser.get(answer.headers["Location"])
    return re.findall(r'/clients/show/[0-9a-f-]{36}">([^<]*)<', page.text)


@pytest.mark.parametrize("words", ["thordis", "BRIEN zolc", "ähk o'b", "o'brien", CODE, f" {CODE.lower()} ", "29.2.1984", "29.02.1984"])
def test_the_client_is_found(known: Browser, words: str) -> None:
    names = found(known, words)
    assert any("Brien" in name for name in names) and len(names) < 10


@pytest.mark.parametrize("words", [CODE[:-1], f"{CODE[:7]}%", "%", "_", "30.2.1984", "' OR 1=1 --", "\\"])
def test_nothing_else_is_found(known: Browser, words: str) -> None:
    assert found(known, words) == []


def test_another_municipality_finds_nobody_by_the_same_words(app: Flask, known: Browser) -> None:
    cecilia = Browser(app).sign_in("cecilia")
    for words in ("brien zolc", CODE):
        assert found(cecilia, words) == []
