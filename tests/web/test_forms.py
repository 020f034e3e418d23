"""Forms: bad input gets a sentence and loses nothing; language switches with what was typed; who saved first is told."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask

from app.core.identity_code import check_character
from app.organisations.models import organisation_key
from tests.support.app import Browser

BORN = date(1991, 2, 3)
CODE = f"{BORN:%d%m%y}-955{check_character(BORN, 955)}"
VANTAA = organisation_key("MUNICIPALITY", "092")
GOOD = {
    "family_name": "Testinen", "given_names": "Formi", "birth_date": "1991-02-03", "citizenship": "UA", "mother_tongue": "uk",
    "service_language": "fi", "employment_status": "STUDENT", "relationship_started": "2026-09-01", "no_identity_code_reason": "PENDING",
    "home_municipality_id": VANTAA,
}  # fmt: skip


def add(browser: Browser, **changes: str) -> object:
    browser.get("/clients/add")
    return browser.post("/clients/add", **{**GOOD, **changes})


def test_a_client_is_added_and_shown_masked(aino: Browser) -> None:
    assert add(aino, identity_code=CODE, no_identity_code_reason="").status_code == 303  # type: ignore[attr-defined]
    page = aino.get(aino.page.headers["Location"])
    assert "030291-****" in page.text and CODE not in page.text
    key = aino.page.request.path.rsplit("/", 1)[-1]
    assert CODE in aino.post(f"/clients/identity-code/{key}").text
    again = add(aino, identity_code=CODE, no_identity_code_reason="")
    assert again.status_code == 200 and "Sama henkilötunnus" in again.text  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("change", "fi", "sv"),
    [
        ({"identity_code": "010190-9999", "no_identity_code_reason": ""}, "ei ole henkilötunnus", "inte en personbeteckning"),
        ({"no_identity_code_reason": ""}, "joko henkilötunnus", "antingen"),
        ({"birth_date": "2199-01-01"}, "tulevaisuudessa", "framtiden"),
        ({"birth_date": "31.31.1990"}, "päivämäärä", "datum"),
        ({"family_name": "x" * 81}, "80", "80"),
        ({"family_name": "   "}, "Sukunimi: Täytä tämä kenttä", "Efternamn: Fyll i det här fältet"),
        ({"interpreter_needed": "y"}, "tulkkauskieli", "tolkningsspråk"),
    ],
)  # fmt: skip
def test_bad_input_is_explained_and_kept(sqlite_app: Flask, change: dict[str, str], fi: str, sv: str) -> None:
    for username, sentence in (("aino", fi), ("bengt", sv)):
        browser = Browser(sqlite_app).sign_in(username)
        page = add(browser, given_names="Säilyvä", **change)
        assert page.status_code == 422  # type: ignore[attr-defined]
        text = page.text  # type: ignore[attr-defined]
        summary = re.search(r'class="error-summary".*?</div>', text, re.S)
        assert summary and sentence.lower() in summary.group(0).lower()
        assert "Säilyvä" in text


@pytest.mark.parametrize("name", ["citizenship", "mother_tongue", "home_municipality_id"])
def test_a_code_outside_the_list_is_refused(aino: Browser, name: str) -> None:
    assert add(aino, **{name: "nothing"}).status_code == 422  # type: ignore[attr-defined]


def test_a_nul_character_is_no_fault(aino: Browser) -> None:
    assert add(aino, family_name="a\0b").status_code in (303, 422)  # type: ignore[attr-defined]


def test_the_language_switches_with_what_was_typed(aino: Browser) -> None:
    aino.get("/clients/add")
    page = aino.post("/clients/add", family_name="Kirjoitettu", _language="sv")
    assert page.status_code == 200
    assert '<html lang="sv"' in page.text and "Kirjoitettu" in page.text and "Efternamn" in page.text


def test_the_second_to_save_is_told_and_keeps_the_text(app: Flask, aino: Browser) -> None:
    add(aino, family_name="Rinnakkainen", given_names="Tallentaja")
    key = aino.page.headers["Location"].rsplit("/", 1)[-1]
    second = Browser(app).sign_in("bengt")
    aino.get(f"/clients/edit/{key}")
    second.get(f"/clients/edit/{key}")
    assert aino.post(f"/clients/edit/{key}", **{**GOOD, "call_name": "Eka"}).status_code == 303
    page = second.post(f"/clients/edit/{key}", **{**GOOD, "call_name": "Toka"})
    assert page.status_code == 409 and "Toka" in page.text and "Eka" in page.text
    assert "Aino Aarnio" in re.sub(r"<[^>]+>", "", page.text)


def test_a_get_changes_nothing(aino: Browser) -> None:
    key = re.search(r"/clients/show/([0-9a-f-]{36})", aino.get("/clients/list/").text)
    assert key
    for path in (f"/notes/delete/{key.group(1)}", f"/clients/identity-code/{key.group(1)}", "/logout/"):
        assert aino.get(path).status_code == 404
    assert aino.get("/").status_code == 200
