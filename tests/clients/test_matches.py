"""Why a client was found: the key, or the names and how near they are; told in the list while it is searched, and only then."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask import Flask

from app.clients.matches import OTHER, OTHER_PART, PART, WHOLE, names_found
from app.core.identity_code import check_character
from tests.support.app import Browser
from tests.web.test_forms import add

BORN = date(1979, 6, 14)
CODE = f"{BORN:%d%m%y}-957{check_character(BORN, 957)}"
FAMILY = "Hőgberg-Ñandú"


@pytest.mark.parametrize(
    ("typed", "names", "expected"),
    [
        ("mohamed", ["Mohamed", "Ali Hassan"], [(WHOLE, ["Mohamed"])]),
        ("HASSAN mohamed", ["Mohamed", "Ali Hassan"], [(WHOLE, ["Hassan", "Mohamed"])]),
        ("moham", ["Mohamed", None], [(PART, ["Mohamed"])]),
        ("ali moham", ["Mohamed", "Ali"], [(WHOLE, ["Ali"]), (PART, ["Mohamed"])]),
        ("ostrom", ["Öström"], [(OTHER, ["Öström"])]), ("Öström", ["Öström"], [(WHOLE, ["Öström"])]),
        ("O\u0308stro\u0308m", ["Öström"], [(WHOLE, ["Öström"])]), ("öst", ["Öström"], [(PART, ["Öström"])]),
        ("ost", ["Öström"], [(OTHER_PART, ["Öström"])]), ("Мохамед", ["Mokhamed"], [(OTHER, ["Mokhamed"])]),
        ("petrov", ["Петров"], [(OTHER, ["Петров"])]),
        # The nearest of several names answers, not the first.
        ("ali", ["Alim", "Ali"], [(WHOLE, ["Ali"])]),
        ("ali ali", ["Ali", "Ali"], [(WHOLE, ["Ali"])]),
        ("virtanen", ["Mohamed"], []), ("", ["Mohamed"], []),
    ],
)  # fmt: skip
def test_the_nearest_name_answers_each_word(typed: str, names: list[str | None], expected: list[Any]) -> None:
    assert names_found(typed, names) == expected


def matches(browser: Browser, words: str) -> dict[str, str]:
    """Search from the header and give what the list says of each client it found."""
    browser.get("/")
    page = browser.get(browser.post("/clients/search", q=words).headers["Location"]).text
    rows = re.findall(r'<th scope="row"[^>]*>\s*<a href="/clients/show/[^"]+">([^<]+)</a>\s*</th>\s*<td role="cell" data-label="(?:Osuma|Träff)">([^<]+)<', page)
    assert len(rows) == page.count('role="rowheader"') > 0 and re.search(r'<th scope="col" role="columnheader">\s*(Osuma|Träff)\s*</th>', page)
    return {unescape(name): unescape(match) for name, match in rows}


@pytest.fixture(scope="module")
def cast(sqlite_app: Flask) -> dict[str, Browser]:
    """Aino and Bengt, and a client to look for."""
    found = {name: Browser(sqlite_app).sign_in(name) for name in ("aino", "bengt")}
    add(found["aino"], family_name=FAMILY, given_names="Aurinko Ilona", call_name="Ilona", birth_date="1979-06-14", identity_code=CODE, no_identity_code_reason="")
    return found


@pytest.mark.parametrize(
    ("words", "fi", "sv"),
    [
        (CODE.lower(), "Henkilötunnus", "Personbeteckning"), ("14.6.1979", "Syntymäaika", "Födelsedatum"),
        ("ilona", "Nimi: Ilona", "Namn: Ilona"), (FAMILY, f"Nimi: {FAMILY}", f"Namn: {FAMILY}"),
        ("hogberg-nandu", f"Nimi, toinen kirjoitusasu: {FAMILY}", f"Namn, annan stavning: {FAMILY}"),
        ("Hőgb", f"Nimen osa: {FAMILY}", f"Del av namn: {FAMILY}"), ("hogb", f"Nimen osa, toinen kirjoitusasu: {FAMILY}", f"Del av namn, annan stavning: {FAMILY}"),
        ("aurinko hőgb", f"Nimi: Aurinko; Nimen osa: {FAMILY}", f"Namn: Aurinko; Del av namn: {FAMILY}"),
    ],
)  # fmt: skip
def test_the_list_says_why_in_both_languages(cast: dict[str, Browser], words: str, fi: str, sv: str) -> None:
    for person, expected in (("aino", fi), ("bengt", sv)):
        found = matches(cast[person], words)
        assert found[f"{FAMILY}, Aurinko Ilona"] == expected
        # A key is never shown, and no other client is said to have been found otherwise.
        assert CODE not in str(found) and all(match.split(":")[0] in expected for match in found.values())


@pytest.mark.parametrize("path", ["/clients/list/", "/clients/list/?f.status=INTAKE", "/organisations/list/"])
def test_a_list_that_is_not_searched_says_nothing(cast: dict[str, Browser], path: str) -> None:
    assert "Osuma" not in cast["aino"].get(path).text


def test_a_list_that_knows_no_more_says_nothing(cast: dict[str, Browser]) -> None:
    aino = cast["aino"]
    aino.get("/organisations/list/")
    page = aino.get(aino.post("/organisations/search", q="vant").headers["Location"])
    assert "Vantaa" in page.text and "Osuma" not in page.text


def test_a_file_of_the_searched_list_has_no_such_column(cast: dict[str, Browser]) -> None:
    bengt = cast["bengt"]
    bengt.get("/")
    where = bengt.post("/clients/search", q="ilona").headers["Location"]
    bengt.get(where)
    text = bengt.post(where.replace("/list/", "/export"), form="csv").data.decode("utf-8-sig")
    assert FAMILY in text and "Träff" not in text
