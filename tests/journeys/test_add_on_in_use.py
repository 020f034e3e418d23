"""An add-on in a browser: applied for, accepted, its token made and used by a program, and ended; each new page is looked at."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from app.demo.accounts import DEMO_PASSWORD
from tests.support.accessibility import look
from tests.support.app import make_app, prepare
from tests.support.browser import served, sign_in


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("add_on")
    prepare(make_app(folder), 40)
    with served(Path(folder)) as address:
        yield address


def ask(site: str, token: str) -> tuple[int, Any]:
    """Ask for clients as a program does, over the wire."""
    request = Request(f"{site}/api/v1/clients/", headers={"Authorization": f"Bearer {token}"})
    try:
        with urlopen(request, timeout=20) as answer:
            return answer.status, json.load(answer)
    except HTTPError as refused:
        return refused.code, json.load(refused)


def send(page: Any) -> None:
    page.locator("#main-form .form-actions button").first.click()


def applied(page: Any, site: str) -> str:
    page.goto(f"{site}/add-ons/add")
    for name, text in (("name", "Ajanvarauksen silta"), ("supplier", "Keksitty Ohjelmisto Oy"), ("purpose", "Siirtää ajat kalenteriin."), ("email", "lisaosat@vantaa.example")):
        page.locator(f"[name={name}]").fill(text)
    page.get_by_label("Asiakkaat: katsoa").check()
    page.locator("[name=valid_to]").fill((date.today() + timedelta(days=300)).isoformat())
    page.locator("[name=answers_for_it]").check()
    send(page)
    assert "odottaa päätöstä" in page.get_by_role("main").text_content()
    return str(page.url.rsplit("/", 1)[1])


def test_from_the_application_to_the_last_request(own_site: str, browser: Any) -> None:
    eeva, kaisa = (browser.new_context(locale="fi").new_page() for _person in range(2))
    sign_in(eeva, own_site, "eeva", DEMO_PASSWORD)
    key = applied(eeva, own_site)

    sign_in(kaisa, own_site, "kaisa", DEMO_PASSWORD)
    kaisa.goto(f"{own_site}/add-on-decisions/list/")
    kaisa.get_by_role("link", name="Ajanvarauksen silta").click()
    kaisa.get_by_role("link", name="Tee päätös", exact=True).click()
    kaisa.get_by_label("Hyväksy").check()
    send(kaisa)
    assert "käytössä" in kaisa.get_by_role("main").text_content()

    eeva.goto(f"{own_site}/add-ons/show/{key}")
    eeva.get_by_role("link", name="Tee avain").click()
    eeva.locator("[name=name]").fill("kalenteripalvelin")
    send(eeva)
    token = eeva.locator("code").text_content()
    assert look(eeva, "the new token") == []
    assert ask(own_site, token)[0] == 200 and ask(own_site, token)[1]["result"]
    eeva.get_by_role("link", name="Olen tallettanut avaimen, jatka").click()
    eeva.locator("#main").get_by_role("link", name="kalenteripalvelin").click()
    eeva.locator("summary", has_text="Päätä avain").click()
    eeva.get_by_role("main").get_by_role("button", name="Päätä avain").click()
    assert "Avain on päätetty." in eeva.get_by_role("main").text_content()
    status, told = ask(own_site, token)
    assert status == 401 and told["message"]
