"""An examiner makes a rule, a run finds a reader, who explains in Swedish what they are asked in Finnish, and the finding is decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.demo.accounts import DEMO_PASSWORD
from tests.support.app import make_app, prepare
from tests.support.browser import served, sign_in


@pytest.fixture(scope="module")
def own_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application whose log nobody else writes."""
    app = make_app(tmp_path_factory.mktemp("examination"))
    prepare(app, 60)
    return app


@pytest.fixture(scope="module")
def own_site(own_app: Flask) -> Iterator[str]:
    with served(Path(own_app.instance_path)) as address:
        yield address


def page_of(browser: Any, site: str, username: str) -> Any:
    page = browser.new_context().new_page()
    sign_in(page, site, username, DEMO_PASSWORD)
    return page


def make_rule(page: Any) -> None:
    """Make a rule that stops at two clients in a day."""
    page.get_by_role("link", name="Lokin valvontasäännöt").click()
    page.get_by_role("link", name="Lisää sääntö").click()
    page.get_by_label("Mitä etsitään").select_option("VOLUME")
    page.get_by_role("combobox", name="Vastuuhenkilö").fill("Laakso Lotta")
    page.get_by_label("Eri asiakkaita päivässä enintään").fill("1")
    assert not page.get_by_label("Työaika alkaa").is_visible() and not page.get_by_label("Päivää", exact=True).is_visible(), "only the numbers of this kind are asked for"
    page.locator(".form-actions").get_by_role("button", name="Tallenna").click()
    page.get_by_role("heading", name="Kuinka usein sääntö osuu oikeaan").wait_for()


def ask(page: Any) -> None:
    page.get_by_role("link", name="Havaintoja odottaa").click()
    page.get_by_role("link", name="Berg, Bengt").click()
    page.get_by_role("link", name="Pyydä selvitys").click()
    page.get_by_label("Mitä kysytään").fill("Mihin työhön näiden asiakkaiden tietojen katselu liittyi?")
    page.get_by_role("button", name="Lähetä pyyntö").click()
    page.get_by_text("Selvityspyyntö on lähetetty.").wait_for()


def explain(page: Any, site: str) -> None:
    page.goto(site)
    page.get_by_role("link", name="1 begäran om redogörelse").click()
    page.locator("tbody a").first.click()
    told = page.get_by_role("main").text_content()
    assert "Du öppnade ovanligt många kunders uppgifter under en dag." in told and "Mihin työhön" in told and "Lotta" not in told
    page.get_by_role("link", name="Lämna en redogörelse").click()
    page.get_by_label("Redogörelse").fill("Jag förberedde teammötet.")
    page.get_by_role("button", name="Skicka redogörelsen").click()
    page.get_by_text("Din redogörelse har skickats.").wait_for()


def test_a_finding_is_examined(own_app: Flask, own_site: str, browser: Any) -> None:
    lotta, bengt = page_of(browser, own_site, "lotta"), page_of(browser, own_site, "bengt")
    make_rule(lotta)
    for number in range(2):
        bengt.goto(f"{own_site}/clients/list/")
        bengt.locator("tbody a").nth(number).click()
        bengt.wait_for_url("**/clients/show/**")
    run = own_app.test_cli_runner().invoke(args=["log-examination", "run", "--on", (date.today() + timedelta(days=1)).isoformat()])
    assert "VOLUME" in run.stdout and run.stdout.strip().endswith(": 1")
    lotta.goto(own_site)
    ask(lotta)
    explain(bengt, own_site)
    lotta.reload()
    assert "Jag förberedde teammötet." in lotta.get_by_role("main").text_content()
    lotta.get_by_role("link", name="Ratkaise").click()
    lotta.get_by_label("Lopputulos").select_option("UNFOUNDED")
    lotta.get_by_label("Päätöksen perustelut").fill("Tiimin vetäjän tehtäviin kuuluvaa.")
    lotta.get_by_role("button", name="Ratkaise").click()
    lotta.get_by_text("Havainto on ratkaistu.").wait_for()
    told = lotta.get_by_role("main").text_content()
    assert "aiheeton" in told and told.index("ratkaistu, Lotta Laakso") < told.index("selvitys annettu, Bengt Berg") < told.index("löydetty lokista")
