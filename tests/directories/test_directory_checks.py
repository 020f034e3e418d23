"""The test of a connection tells what became of each step, in words and in both languages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from tests.support.app import Browser
from tests.support.directories import VANTAA, Directories
from tests.support.slapd import ALL_STAFF, Slapd, free_port

OK, LEFT = "Kunnossa.", "Ei kokeiltu, koska aiempi vaihe ei onnistunut."


@pytest.fixture
def own(directories: Directories, people: Slapd) -> str:
    return directories.add(people, "vantaa.example", VANTAA, test_user="maija")


def told(app: Flask, directory: str, language: str = "fi") -> tuple[str, list[str]]:
    """Press the button and give the heading and the sentence of each step."""
    browser = Browser(app).sign_in("eeva")
    browser.get(f"/lang/{language}")
    page = browser.get(f"/directories/show/{directory}")
    assert f'action="/directories/test/{directory}"' in page.text
    page = browser.post(f"/directories/test/{directory}")
    assert page.status_code == 200
    heading = re.search(r"<h2[^>]*>(.*?)</h2>", page.text, re.S)
    assert heading is not None
    return heading[1].strip(), [text.strip() for text in re.findall(r"<dd[^>]*>(.*?)</dd>", page.text, re.S)]


def test_all_steps_of_a_good_one(directories: Directories, app: Flask, own: str) -> None:
    directories.map_group(own, ALL_STAFF, "CASEWORKER")
    heading, steps = told(app, own)
    assert heading == "Tämän hakemiston kautta voi kirjautua."
    assert steps == [OK] * 6 + ["Tyhjä tai lukeminen ei ole sallittua: mail.", "Käyttäjä kuuluu 2 ryhmään. Niistä 1 ehdottaa roolia."]
    assert told(app, own, "sv")[1][0] == "I sin ordning."


@pytest.mark.parametrize(
    ("changes", "good", "sentence"),
    [
        ({"url": "ldap://nowhere.invalid"}, 0, "Palvelimen nimeä ei löydy."),
        ({"url": "unused port"}, 1, "Palvelin ei vastaa yhteydenottoon."),
        ({"ca_certificate": None}, 2, "Yhteyttä ei voitu salata, tai varmennetta ei hyväksytty."),
        ({"bind_secret": "wrong"}, 3, "Hakemisto ei hyväksynyt palvelutunnusta."),
        ({"search_base": "ou=nowhere,dc=test"}, 4, "Paikkaa, josta henkilöitä haetaan, ei ole."),
        ({"test_user": "nobody"}, 5, "Suodatin ei löydä ketään tai löytää useita henkilöitä."),
    ],
)  # fmt: skip
def test_the_step_that_fails_is_told_and_the_later_ones_are_left(
    directories: Directories, app: Flask, own: str, changes: dict[str, Any], good: int, sentence: str
) -> None:
    directories.change(own, **{name: f"ldap://127.0.0.1:{free_port()}" if value == "unused port" else value for name, value in changes.items()})
    heading, steps = told(app, own)
    assert heading == "Kaikki ei ole kunnossa." and steps == [OK] * good + [sentence] + [LEFT] * (7 - good)


def test_without_a_user_to_test_with_the_rest_is_left(directories: Directories, app: Flask, own: str) -> None:
    directories.change(own, test_user=None)
    assert told(app, own)[1] == [OK] * 5 + ["Ei kokeiltu: testaukseen ei ole annettu käyttäjätunnusta."] * 3


def test_a_frozen_directory_is_told_as_one(directories: Directories, app: Flask, own: str, people: Slapd, mortal: None) -> None:
    people.freeze()
    assert told(app, own)[1][2:4] == ["Hakemisto ei vastannut ajoissa.", LEFT]


def test_a_good_test_closes_the_circuit(directories: Directories, app: Flask, own: str) -> None:
    directories.change(own, bind_secret="wrong")
    for _attempt in range(3):
        directories.sign_in("maija@vantaa.example")
    assert directories.state(own).open_until is not None
    told(app, own)
    assert directories.state(own).open_until is not None
    directories.change(own, bind_secret="service-of-koto")
    told(app, own)
    directories.signed_in("maija@vantaa.example")
