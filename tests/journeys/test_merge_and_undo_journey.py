"""Two records of one person in a browser, in both languages: judged different in haste, thought better of, joined, and parted again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.demo.accounts import DEMO_PASSWORD
from tests.support.app import make_app, prepare
from tests.support.browser import served, sign_in

WORDS = {
    "fi": {"ask": "Onko henkilö jo asiakkaana?", "open": "Avaa tämä asiakas", "go_on": "Tämä on eri henkilö, jatka", "find": "Etsi sama henkilö",
           "nobody": "Rekisterissä ei ole ketään", "reconsider": "Ehdota sittenkin samaksi henkilöksi", "compare": "Vertaa ja yhdistä", "join": "Yhdistä tiedot",
           "joined": "Tiedot yhdistettiin", "other": "Avaa toiset tiedot", "kept": "Avaa säilytettävät tiedot", "leads": "Nämä tiedot on yhdistetty",
           "undo": "Peru yhdistäminen", "undone": "Yhdistäminen peruttiin"},
    "sv": {"ask": "Är personen redan kund?", "open": "Öppna den här kunden", "go_on": "Det är en annan person, fortsätt", "find": "Sök samma person",
           "nobody": "I registret finns ingen", "reconsider": "Föreslå ändå som samma person", "compare": "Jämför och slå samman", "join": "Slå samman uppgifterna",
           "joined": "Uppgifterna slogs samman", "other": "Öppna de andra uppgifterna", "kept": "Öppna de uppgifter som behålls", "leads": "De här uppgifterna har slagits samman",
           "undo": "Upphäv sammanslagningen", "undone": "Sammanslagningen upphävdes"},
}  # fmt: skip


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own: clients are made and joined in it."""
    folder = tmp_path_factory.mktemp("merge")
    prepare(make_app(folder), 20)
    with served(Path(folder)) as address:
        yield address


def send(page: Any, site: str, family: str, given: str, phone: str) -> None:
    """Send the form of a new client."""
    page.goto(f"{site}/clients/add")
    for name, value in (("family_name", family), ("given_names", given), ("birth_date", "1931-03-17"), ("relationship_started", "2026-01-07"), ("phone", phone)):
        page.locator(f"#{name}").fill(value)
    for name, value in (("no_identity_code_reason", "PENDING"), ("citizenship", "SO"), ("mother_tongue", "so"), ("service_language", "fi")):
        page.locator(f"#{name}").select_option(value)
    page.locator("#home_municipality_id").fill("Vantaa")
    page.locator("#home_municipality_id").press("Tab")
    page.locator("#main-form .form-actions button[type=submit]").first.click()


def judged_in_haste(page: Any, site: str, family: str, words: dict[str, str]) -> tuple[str, str]:
    """Make two records of a person, of whom the second is said to be another; gives where they are."""
    send(page, site, family, "Taina", "0401234567")
    first = page.url
    send(page, site, "Taina", family, "0407654321")
    assert page.get_by_role("heading", level=1).inner_text() == words["ask"], page.locator("main").inner_text()
    assert str(page.get_by_role("link", name=words["open"]).get_attribute("href")) in first
    page.get_by_role("button", name=words["go_on"]).click()
    second = page.url
    assert "/clients/show/" in second and second != first
    page.get_by_role("link", name=words["find"]).click()
    assert words["nobody"] in page.locator("main").inner_text(), "judged different, never offered again"
    return first, second


def joined_after_all(page: Any, site: str, words: dict[str, str]) -> str:
    """Think better of the pair and join it; gives where the pair is."""
    page.goto(f"{site}/same-persons/list/")
    page.locator("main tbody tr").first.get_by_role("link").first.click()
    page.get_by_role("link", name=words["reconsider"]).click()
    page.locator("main").get_by_role("button", name=words["reconsider"]).click()
    page.get_by_role("link", name=words["compare"]).click()
    page.get_by_role("radio", name="0407654321").check()
    page.get_by_role("button", name=words["join"]).click()
    assert words["joined"] in page.locator("body").inner_text()
    return str(page.url)


@pytest.mark.parametrize(("language", "family"), [("fi", "Kaksonen"), ("sv", "Dubbelman")])
def test_a_merge_and_its_undo(own_site: str, browser: Any, language: str, family: str) -> None:
    words, page = WORDS[language], browser.new_context().new_page()
    sign_in(page, own_site, "bengt", DEMO_PASSWORD)
    if page.locator("html").get_attribute("lang") != language:
        page.locator(f"a[hreflang={language}], button[value={language}]").first.click()
    first, second = judged_in_haste(page, own_site, family, words)
    pair = joined_after_all(page, own_site, words)
    page.get_by_role("link", name=words["kept"]).click()
    kept = page.url
    left = first if kept == second else second
    page.goto(left)
    assert words["leads"] in page.locator("main").inner_text()
    page.get_by_role("link", name=words["kept"]).click()
    assert page.url == kept
    page.goto(f"{kept}?tab=basics")
    assert "0407654321" in page.locator("main").inner_text()

    page.goto(pair)
    page.get_by_role("link", name=words["undo"]).click()
    page.locator("main").get_by_role("button", name=words["undo"]).click()
    assert words["undone"] in page.locator("body").inner_text()
    page.get_by_role("link", name=words["other"]).click()
    assert page.url == left and words["leads"] not in page.locator("main").inner_text()
    page.context.close()
