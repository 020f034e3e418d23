"""Two people at one entry: both versions are shown, each field is chosen, nothing is lost on either side."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from tests.support.app import Browser
from tests.web.test_forms import GOOD, add


@pytest.fixture
def both(app: Flask) -> tuple[Browser, str]:
    """Bengt on the conflict page: Aino saved call name and stage of work, he wrote call name and phone."""
    aino, bengt = Browser(app).sign_in("aino"), Browser(app).sign_in("bengt")
    add(aino)
    path = aino.page.headers["Location"].replace("show", "edit")
    aino.get(path), bengt.get(path)
    assert aino.post(path, **{**GOOD, "call_name": "Ainon", "employment_status": "HOME_CARE"}).status_code == 303
    assert bengt.post(path, **{**GOOD, "call_name": "Bengts", "phone": "+358 1"}).status_code == 409
    return bengt, path


def fields(page: Any) -> set[str]:
    return set(re.findall(r'name="_take\.([a-z_]+)"', page.text))


def choose(browser: Browser, path: str, **takes: str) -> Any:
    hidden = dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', browser.page.text))
    return browser.post(path, **{**hidden, **{f"_take.{name}": which for name, which in takes.items()}, "_chosen": "y"})


def shown(browser: Browser, path: str) -> str:
    return str(browser.get(path.replace("edit", "show") + "?tab=basics").text)


def test_only_what_differs_is_asked(both: tuple[Browser, str]) -> None:
    assert fields(both[0].page) == {"call_name", "employment_status", "phone"}
    assert "Aino Aarnio sparade" in both[0].page.text


def test_each_field_goes_as_chosen(both: tuple[Browser, str]) -> None:
    bengt, path = both
    assert choose(bengt, path, call_name="typed", employment_status="saved", phone="typed").status_code == 303
    text = shown(bengt, path)
    assert "Bengts" in text and "vårdar barn hemma" in text and "+358 1" in text


def test_the_saved_side_can_be_kept_whole(both: tuple[Browser, str]) -> None:
    bengt, path = both
    assert choose(bengt, path, call_name="saved", employment_status="saved", phone="saved").status_code == 303
    text = shown(bengt, path)
    assert "Ainon" in text and "+358 1" not in text


def test_a_choice_left_out_is_asked_again_with_the_others_kept(both: tuple[Browser, str]) -> None:
    bengt, path = both
    page = choose(bengt, path, call_name="typed", phone="typed")
    assert page.status_code == 409 and "Ställning på arbetsmarknaden: Välj ett av de två." in page.text
    assert re.search(r'id="take-call_name-typed"[^>]* checked', page.text)
    assert choose(bengt, path, call_name="typed", phone="typed", employment_status="typed").status_code == 303


def test_a_third_version_brings_the_page_again(app: Flask, both: tuple[Browser, str]) -> None:
    bengt, path = both
    aino = Browser(app).sign_in("aino")
    aino.get(path)
    assert aino.post(path, **{**GOOD, "call_name": "Kolmas"}).status_code == 303
    page = choose(bengt, path, call_name="typed", employment_status="typed", phone="typed")
    assert page.status_code == 409 and "Kolmas" in page.text and "Bengts" in page.text
    assert "Ainon" not in shown(bengt, path)
