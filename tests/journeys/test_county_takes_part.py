"""A county takes part in a browser, from the invitation to the end: invited, accepted, a statement given and read, ended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.demo.accounts import DEMO_PASSWORD
from tests.support.app import make_app, prepare
from tests.support.browser import served, sign_in

WORDS = "Sosiaaliohjaus jatkuu torstaisin"


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own: a client is shared in it."""
    folder = tmp_path_factory.mktemp("county")
    prepare(make_app(folder), 60)
    with served(Path(folder)) as address:
        yield address


def page_of(browser: Any, site: str, username: str) -> Any:
    page = browser.new_context().new_page()
    sign_in(page, site, username, DEMO_PASSWORD)
    return page


def invite(aino: Any, site: str) -> tuple[str, str]:
    """Invite the county to the first open assessment there is; gives the client's name and address."""
    aino.goto(f"{site}/clients/list/?f.status=ASSESSMENT_OPEN&f.status=PLAN_DRAFTING")
    aino.locator("tbody a").first.click()
    name, address = aino.get_by_role("heading", level=1).text_content(), aino.url
    aino.get_by_role("link", name="Osallistujat").click()
    aino.get_by_role("link", name="Kutsu hyvinvointialue").click()
    choices = aino.get_by_label("Osallistuu asiaan")
    choices.select_option(index=1)
    kind = choices.input_value().split(":")[0]
    aino.get_by_label("Mihin hyvinvointialuetta tarvitaan").fill("Palvelut sovitetaan yhteen")
    aino.get_by_label("Mitä hyvinvointialue näkee").select_option({"ASSESSMENT": "ASSESSMENT_PART", "PLAN": "PLAN_PART"}[kind])
    aino.locator(".form-actions").get_by_role("button", name="Lähetä kutsu").click()
    assert "Kutsu lähetettiin" in aino.locator(".messages").text_content()
    assert "kutsuttu" in aino.locator("main").text_content()
    return name, address


def accept_and_state(veera: Any, site: str) -> None:
    """Accept the newest invitation and write a statement under it."""
    veera.goto(site)
    veera.get_by_role("link", name="Osallistumiset").click()
    veera.locator("tbody tr", has_text="kutsuttu").locator("a").click()
    assert "Palvelut sovitetaan yhteen" in veera.locator("main").text_content()
    veera.get_by_role("button", name="Hyväksy kutsu").click()
    assert "Hyvinvointialueesi osallistuu nyt" in veera.locator(".messages").text_content()
    veera.get_by_role("link", name="Kirjoita lausuma").click()
    veera.locator("textarea").fill(WORDS)
    veera.locator(".form-actions").get_by_role("button", name="Tallenna").click()
    assert "Tallennettu" in veera.locator(".messages").text_content()


def read_statement(bengt: Any, address: str) -> None:
    """Open what the county said, as the lead may for every client."""
    bengt.goto(f"{address}?tab=sharing")
    bengt.locator("tbody a").first.click()
    bengt.locator("section", has_text="Välfärdsområdets utlåtanden").locator("tbody a").click()
    assert WORDS not in bengt.content() and "Särskilt begränsad uppgift" in bengt.content()
    bengt.get_by_role("button", name="Öppna de begränsade uppgifterna").click()
    assert WORDS in bengt.locator("main").text_content()


def test_a_county_takes_part_from_invitation_to_end(own_site: str, browser: Any) -> None:
    aino, veera = page_of(browser, own_site, "aino"), page_of(browser, own_site, "veera")
    name, address = invite(aino, own_site)
    accept_and_state(veera, own_site)
    veera.goto(address)
    told = veera.locator("main").text_content()
    assert veera.get_by_role("heading", level=1).text_content() == name
    assert veera.get_by_role("link", name="Perhe").count() == 0 and "Henkilötunnus" not in told

    read_statement(page_of(browser, own_site, "bengt"), address)
    aino.goto(f"{address}?tab=sharing")
    aino.locator("tbody a").first.click()
    aino.get_by_role("link", name="Päätä osallistuminen").click()
    aino.get_by_label("Syy").fill("Palvelut on sovitettu yhteen")
    aino.locator(".form-actions").get_by_role("button", name="Päätä osallistuminen").click()
    assert "Osallistuminen on päättynyt" in aino.locator(".messages").text_content()
    assert veera.goto(address).status == 404
