"""A client moves between two municipalities in a browser: refused first, then left unanswered until it escalates, and accepted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.demo.accounts import DEMO_PASSWORD
from app.transfers.rules import answer_due
from tests.support.app import make_app, prepare
from tests.support.browser import served, sign_in

# The words of the pages that both walk through; who works in which language is turned round.
WORDS = {
    "fi": {"send": "Siirrä toiseen kuntaan", "to": "Toinen kunta", "consent": "Asiakas antoi suostumuksen", "language": "Suostumuksen kieli", "somali": "so", "submit": "Lähetä", "transfers": "Siirrot",
           "late": "myöhässä, esihenkilöillä", "refuse": "Hylkää siirto", "reason": "Hylkäämisen syy", "refused": "hylätty", "accept": "Hyväksy siirto",
           "day": "Asiakas siirtyy", "mine": "Minusta tulee vastuutyöntekijä", "accepted": "hyväksytty", "moved": "siirretty", "there": "Porvoo", "client": "Asiakkaan tietoihin"},
    "sv": {"send": "Överför till en annan kommun", "to": "Den andra kommunen", "consent": "Kunden gav sitt samtycke", "language": "Språket för samtycket", "somali": "so", "submit": "Skicka",
           "transfers": "Överföringar", "late": "försenad, hos cheferna", "refuse": "Avvisa överföringen", "reason": "Orsak till avvisandet", "refused": "avvisad",
           "accept": "Godkänn överföringen", "day": "Kunden överförs", "mine": "Jag blir ansvarig handläggare", "accepted": "godkänd", "moved": "överförd",
           "there": "Borgå", "client": "Till kunden"},
}  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, str]]:
    """A server of its own, and the application by which the operator runs the commands."""
    folder = tmp_path_factory.mktemp("moving")
    app = make_app(folder)
    prepare(app, 60)
    with served(Path(folder)) as address:
        yield app, address


def page_of(browser: Any, site: str, username: str, language: str) -> Any:
    page = browser.new_context().new_page()
    sign_in(page, site, username, DEMO_PASSWORD)
    if page.locator("html").get_attribute("lang") != language:
        page.locator(f"a[hreflang={language}], button[value={language}]").first.click()
    return page


def run(app: Flask, *args: str) -> str:
    return str(app.test_cli_runner().invoke(args=["transfers", *args]).output)


def offer(page: Any, address: str, words: dict[str, str]) -> None:
    page.goto(address)
    page.get_by_role("link", name=words["send"]).click()
    page.get_by_role("combobox", name=words["to"]).fill(words["there"])
    page.get_by_role("combobox", name=words["to"]).press("Tab")
    page.get_by_label(words["consent"]).fill(date.today().isoformat())
    page.get_by_label(words["language"]).select_option(words["somali"])
    page.locator(".form-actions").get_by_role("button", name=words["submit"]).click()


def newest(page: Any, site: str, words: dict[str, str], name: str, state: str = "") -> str:
    """Open the client's transfer that stands first, of those in a state, from the navigation; gives its address."""
    page.goto(site)
    page.locator(".nav-group summary").first.click()
    page.get_by_role("link", name=words["transfers"]).click()
    page.locator("tbody tr", has_text=name).filter(has_text=state).first.locator("a").click()
    return str(page.url)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_client_moves_after_a_refusal_and_an_escalation(installed: tuple[Flask, str], browser: Any, language: str) -> None:
    app, site = installed
    words = WORDS[language]
    aino, cecilia = page_of(browser, site, "aino", language), page_of(browser, site, "cecilia", language)
    aino.goto(f"{site}/clients/list/?f.status=PLAN_ACTIVE&f.status=ASSESSMENT_OPEN&f.status=PLAN_DRAFTING")
    aino.locator("tbody a").first.click()
    name, client = aino.get_by_role("heading", level=1).text_content(), aino.url
    family = name.split()[-1]

    offer(aino, client, words)
    assert run(app, "run") == "delivered: 1\n"
    newest(cecilia, site, words, family)
    cecilia.get_by_role("link", name=words["refuse"]).click()
    cecilia.get_by_label(words["reason"]).select_option("NOT_MOVED")
    cecilia.locator(".form-actions").get_by_role("button", name=words["refuse"]).click()
    newest(aino, site, words, family)
    assert words["refused"] in aino.locator("main").text_content()

    offer(aino, client, words)
    run(app, "run")
    late = answer_due(date.today()) + timedelta(days=1)
    assert run(app, "escalate", "--on", late.isoformat()) == "escalated: 1\n"
    for page in (aino, cecilia):
        newest(page, site, words, family)
        assert words["late"] in page.locator("main").text_content()
    cecilia.get_by_role("link", name=words["accept"]).click()
    cecilia.get_by_label(words["day"]).fill(date.today().isoformat())
    cecilia.get_by_label(words["mine"]).check()
    cecilia.locator(".form-actions").get_by_role("button", name=words["accept"]).click()
    assert words["accepted"] in cecilia.locator("main").text_content()
    assert run(app, "run") == "moved: 1\n"
    cecilia.reload()
    cecilia.get_by_role("link", name=words["client"]).click()
    assert cecilia.get_by_role("heading", level=1).text_content() == name
    assert aino.goto(client).status == 404
    newest(aino, site, words, family, words["moved"])
    assert client.rsplit("/", 1)[1] not in aino.content()
