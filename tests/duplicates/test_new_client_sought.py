"""A new client is sought before it is made; a hit outside one's rights shows nothing and opens a question on both sides."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from tests.duplicates.conftest import FORM, PORVOO
from tests.support.app import Browser, counted_statements
from tests.support.audit import recorded

ASKED = "Onko henkilö jo asiakkaana?"


def add(browser: Browser, **values: Any) -> Any:
    assert browser.get("/clients/add").status_code == 200
    return browser.post("/clients/add", **{**FORM, **values})


def carried(page: str) -> dict[str, Any]:
    """Give the hidden fields of the question."""
    found: dict[str, Any] = {}
    main = page[page.index('id="main-form"'):]
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', main):
        found.setdefault(name, []).append(value)
    return {name: values for name, values in found.items() if name != "csrf_token"}


def cases(browser: Browser) -> list[str]:
    return re.findall(r"/same-person-questions/show/([0-9a-f-]{36})", browser.get("/same-person-questions/list/").text)


@pytest.mark.parametrize(("change", "why"), [
    ({}, "Sama syntymäaika ja nimi"),
    ({"family_name": "Taina", "given_names": "Testaaja"}, "toisin päin"),
    ({"family_name": "Testaja"}, "lähes sama nimi"),
    ({"family_name": "Тестааја"}, "Sama syntymäaika"),
    ({"birth_date": "1931-04-17"}, "lähes sama syntymäaika"),
])  # fmt: skip
def test_the_same_person_is_shown_with_why(aino: Browser, person: Callable[..., str], change: dict[str, str], why: str) -> None:
    known = person()
    page = add(aino, **change)
    assert (page.status_code, ASKED in page.text) == (200, True)
    assert f"/clients/show/{known}" in page.text and why in page.text


def test_another_person_asks_nothing(aino: Browser, person: Callable[..., str]) -> None:
    person()
    assert add(aino, family_name="Virtanen", given_names="Matti").status_code == 303


def test_a_pair_judged_different_is_never_offered_again(app: Flask, aino: Browser, person: Callable[..., str]) -> None:
    known = person()
    page = add(aino)
    with recorded(app) as told:
        made = aino.post("/clients/add", **carried(page.text))
    assert made.status_code == 303
    assert "client_merge:judged_different" in {event.name for event in told() if known in event.clients}
    key = made.headers["Location"].rsplit("/", 1)[1]
    for one, other in ((key, known), (known, key)):
        assert f"/clients/show/{other}" not in aino.get(f"/same-persons/candidates/{one}").text


def test_the_same_identity_code_cannot_be_gone_on_with(aino: Browser, person: Callable[..., str]) -> None:
    person(identity_code="170331-9235", no_identity_code_reason=None)
    page = add(aino, identity_code="170331-9235", no_identity_code_reason="", family_name="Toinen", given_names="Nimi")
    assert page.status_code == 200 and "Sama henkilötunnus" in page.text and "Tämä on eri henkilö, jatka" not in page.text
    assert aino.post("/clients/add", **carried(page.text)).status_code == 200, "nor past the page"


def test_a_hit_outside_ones_rights_shows_nothing_and_asks_both(aino: Browser, cecilia: Browser, person: Callable[..., str]) -> None:
    before = cases(aino), cases(cecilia)
    foreign = person(PORVOO, phone="0401234567")
    made = add(aino)
    assert made.status_code == 303, "no word of the person stands in the way"
    own = made.headers["Location"].rsplit("/", 1)[1]
    mine, theirs = set(cases(aino)) - set(before[0]), set(cases(cecilia)) - set(before[1])
    assert len(mine) == len(theirs) == 1 and mine != theirs
    for browser, key, seen, hidden in ((aino, *mine, own, foreign), (cecilia, *theirs, foreign, own)):
        page = browser.get(f"/same-person-questions/show/{key}").text
        assert seen in page and hidden not in page and "0401234567" not in page
        assert browser.get(f"/clients/show/{hidden}").status_code == 404
    assert aino.get(f"/same-person-questions/show/{next(iter(theirs))}").status_code == 404
    assert ("Porvoo" in aino.page.text, "Borgå" in aino.page.text) == (False, False)


@pytest.mark.parametrize("values", [{}, {"non_disclosure": True, "trafficking_victim": True}])
def test_a_hit_outside_costs_and_tells_the_same_as_none(app: Flask, aino: Browser, person: Callable[..., str], values: dict[str, Any], caplog: Any) -> None:
    aino.get("/clients/add")
    told = []
    for is_hit in (False, True):
        if is_hit:
            foreign = person(PORVOO, **values, birth_date=date(1931, 4, 17), family_name="Ulkopuolinen", given_names="Olavi")
        aino.get("/clients/add")
        fields = {"birth_date": "1931-04-17", "family_name": "Ulkopuolinen", "given_names": "Olavi"} if is_hit else {"family_name": "Eila", "given_names": "Erillinen"}
        caplog.clear()
        with counted_statements(app) as statements, recorded(app) as events:
            page = aino.post("/clients/add", **{**FORM, **fields})
        assert page.status_code == 303
        shape = re.sub(r"[0-9a-f-]{36}", "KEY", page.text + page.headers["Location"])
        told.append((len(statements), shape, [(event.name, event.hits if hasattr(event, "hits") else None) for event in events()], len(caplog.records)))
        if is_hit:
            assert not any(foreign in record.getMessage() for record in caplog.records)
    assert told[0] == told[1]


def test_both_say_same_and_agree_who_keeps(aino: Browser, cecilia: Browser, person: Callable[..., str]) -> None:
    known = set(cases(aino)), set(cases(cecilia))
    person(PORVOO)
    add(aino)
    (mine,), (theirs,) = set(cases(aino)) - known[0], set(cases(cecilia)) - known[1]
    for browser, key, keeps in ((aino, mine, "WE"), (cecilia, theirs, "OTHER")):
        browser.get(f"/same-person-questions/answer/{key}")
        assert browser.post(f"/same-person-questions/answer/{key}", answer="SAME", keeps=keeps, reason="Salainen peruste").status_code == 303
    page = aino.get(f"/same-person-questions/show/{mine}").text
    assert "asiakkaan pitäjästä on sovittu" in page
    assert "kunden" in cecilia.get(f"/same-person-questions/show/{theirs}").text
    assert aino.get(f"/same-person-questions/answer/{mine}").status_code == 409


def test_different_is_settled_and_the_reason_stays_at_home(aino: Browser, cecilia: Browser, person: Callable[..., str]) -> None:
    known = set(cases(aino)), set(cases(cecilia))
    person(PORVOO)
    add(aino)
    (mine,), (theirs,) = set(cases(aino)) - known[0], set(cases(cecilia)) - known[1]
    assert aino.get(f"/same-person-questions/answer/{mine}").status_code == 200
    assert aino.post(f"/same-person-questions/answer/{mine}", answer="DIFFERENT", reason="").status_code == 422
    assert aino.post(f"/same-person-questions/answer/{mine}", answer="DIFFERENT", reason="Salainen peruste").status_code == 303
    assert "Salainen peruste" not in cecilia.get(f"/same-person-questions/show/{theirs}").text
    assert cecilia.get(f"/same-person-questions/answer/{theirs}").status_code == 200
    cecilia.post(f"/same-person-questions/answer/{theirs}", answer="DIFFERENT", reason="Olika")
    assert "todettu eri henkilöiksi" in aino.get(f"/same-person-questions/show/{mine}").text
