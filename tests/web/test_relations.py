"""Relation fields: found by part of the name in either language, with and without script; nothing foreign is offered or taken."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from app.organisations.models import organisation_key
from tests.support.app import Browser
from tests.web.test_forms import GOOD, VANTAA

MUNICIPALITY, WORKER = "home_municipality_id", "responsible_worker_id"


def suggested(browser: Browser, field: str, words: object, token: str | None = None) -> Any:
    token = token or re.search(r'name="csrf-token" content="([^"]+)"', browser.get("/clients/add").text).group(1)  # type: ignore[union-attr]
    return browser.client.post(f"/clients/suggest/{field}", json={"q": words}, headers={"X-CSRFToken": token})


def texts(browser: Browser, field: str, words: str) -> list[str]:
    return [row["text"] for row in suggested(browser, field, words).json]


@pytest.mark.parametrize("words", ["hameenl", "Hämeenlinna", "tavastehus", "109"])
def test_a_municipality_is_found_by_either_name_without_marks_or_by_code(sqlite_app: Flask, words: str) -> None:
    assert texts(Browser(sqlite_app).sign_in("aino"), MUNICIPALITY, words) == ["Hämeenlinna"]
    assert texts(Browser(sqlite_app).sign_in("bengt"), MUNICIPALITY, words) == ["Tavastehus"]


def test_at_most_ten_are_suggested_those_that_begin_so_first(sqlite_app: Flask) -> None:
    found = texts(Browser(sqlite_app).sign_in("aino"), MUNICIPALITY, "va")
    assert len(found) == 10 and found[0].startswith("Va") and "Vantaa" in found


def test_only_workers_of_the_own_organisation_are_suggested(app: Flask) -> None:
    found = texts(Browser(app).sign_in("aino"), WORKER, "")
    assert {"Aarnio Aino", "Berg Bengt"} <= set(found)
    assert not {"Cedergren Cecilia", "Eskola Eeva", "Virta Veera"} & set(found)
    assert texts(Browser(app).sign_in("cecilia"), WORKER, "aarnio") == []


@pytest.mark.parametrize("body", [None, [], "x", {"q": 1}, {}])
def test_a_malformed_question_is_refused(sqlite_app: Flask, body: object) -> None:
    browser = Browser(sqlite_app).sign_in("aino")
    token = re.search(r'name="csrf-token" content="([^"]+)"', browser.get("/clients/add").text)
    assert token
    answer = browser.client.post(f"/clients/suggest/{WORKER}", json=body, headers={"X-CSRFToken": token.group(1)})
    assert answer.status_code == 400


def test_an_unknown_field_and_a_reader_without_the_right_are_refused(sqlite_app: Flask) -> None:
    assert suggested(Browser(sqlite_app).sign_in("aino"), "identity_code", "x").status_code == 404
    eeva = Browser(sqlite_app).sign_in("eeva")
    token = re.search(r'name="csrf-token" content="([^"]+)"', eeva.get("/").text)
    assert token and suggested(eeva, WORKER, "x", token.group(1)).status_code == 403


def posted(browser: Browser, **values: str) -> Any:
    browser.get("/clients/add")
    return browser.post("/clients/add", **{name: value for name, value in {**GOOD, **values}.items() if value is not None})


def test_a_name_typed_without_script_is_taken(aino: Browser) -> None:
    assert posted(aino, **{MUNICIPALITY: "", f"{MUNICIPALITY}_text": "porvoo", f"{WORKER}_text": "bengt"}).status_code == 303
    page = aino.get(aino.page.headers["Location"] + "?tab=basics").text
    assert "Porvoo" in page and "Berg Bengt" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "Täytä tämä kenttä"), ("Atlantis", "Tarkista kirjoitusasu"), ("va", "Useita osumia"), ("Vantaa\0", None), ("  vantaa ", None)],
)
def test_what_was_typed_is_explained_and_kept(sqlite_app: Flask, typed: str, sentence: str | None) -> None:
    page = posted(Browser(sqlite_app).sign_in("aino"), **{MUNICIPALITY: "", f"{MUNICIPALITY}_text": typed})
    assert page.status_code == (422 if sentence else 303)
    if sentence:
        assert sentence in page.text and f'name="{MUNICIPALITY}_text" value="{typed}"' in page.text


def test_a_text_changed_after_the_choice_wins_over_the_key(aino: Browser) -> None:
    assert posted(aino, **{MUNICIPALITY: VANTAA, f"{MUNICIPALITY}_text": "Porvoo"}).status_code == 303
    assert "Porvoo" in aino.get(aino.page.headers["Location"] + "?tab=basics").text


def test_a_key_that_may_not_be_chosen_is_refused(app: Flask, aino: Browser) -> None:
    merged = organisation_key("MUNICIPALITY", "099")
    county = organisation_key("WELLBEING_COUNTY", "04")
    for key in (merged, county, "x", "00000000-0000-4000-8000-000000000000"):
        assert posted(aino, **{MUNICIPALITY: key}).status_code == 422, key
    for key in ("999999", "-1", "x", "9" * 30):
        assert posted(aino, **{WORKER: key}).status_code == 422, key


def test_the_worker_who_adds_a_client_is_responsible_when_none_is_chosen(aino: Browser) -> None:
    assert posted(aino).status_code == 303
    assert "Aarnio Aino" in aino.get(aino.page.headers["Location"] + "?tab=basics").text
