"""Reports in a browser: a municipal manager's quarter (fi), a regional official's comparison (sv), and the open page without signing in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.demo.accounts import DEMO_PASSWORD
from tests.support.app import make_app, prepare
from tests.support.browser import served, sign_in
from tests.support.planted import plant_in


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A served application with closed quarters."""
    app = make_app(tmp_path_factory.mktemp("reported"))
    prepare(app, 30)
    plant_in(app)
    with served(Path(app.instance_path)) as address:
        yield address


def page_for(browser: Any, site: str, person: str, language: str) -> Any:
    page = browser.new_context(locale=language).new_page()
    sign_in(page, site, person, DEMO_PASSWORD)
    page.goto(f"{site}/lang/{language}")
    return page


def test_a_municipal_manager_reads_the_quarter(reported: str, browser: Any) -> None:
    page = page_for(browser, reported, "minna", "fi")
    page.goto(reported)
    page.get_by_role("link", name="Raportit").click()
    page.get_by_role("link", name="Kunnan neljännesvuosi").click()
    page.get_by_label("Ajanjakso").select_option("2026Q3")
    page.get_by_role("button", name="Näytä").click()
    assert "period=2026Q3" in page.url
    assert "150" in page.locator(".figures").text_content() and "Edellisestä kaudesta: +10" in page.locator(".figures").text_content()
    page.locator("main table").get_by_role("link", name="Asiakkaat", exact=True).click()
    page.get_by_label("Erittely").select_option(label="sukupuoli")
    page.get_by_role("button", name="Näytä").click()
    assert page.locator("#figures-table tbody tr").count() == 2
    assert page.locator("#figures-table").get_by_role("row", name="nainen 143").count() == 1


def test_a_regional_official_compares_municipalities(reported: str, browser: Any) -> None:
    page = page_for(browser, reported, "ulla", "sv")
    page.goto(f"{reported}/reports/")
    page.get_by_role("link", name="Kunder", exact=True).click()
    page.get_by_role("link", name="Kommun", exact=True).click()
    table = page.locator("#figures-table")
    assert table.get_by_role("row", name="Vanda 150").count() == 1
    assert table.get_by_role("row", name="Borgå dold").count() == 1 and "Borgå 40" not in table.text_content()
    assert "En siffra är dold när" in page.get_by_role("main").text_content()
    # What is seen can be handed on as an address.
    assert page.goto(page.url).status == 200 and table.get_by_role("row", name="Vanda 150").count() == 1


def test_open_figures_need_no_signing_in(reported: str, browser: Any) -> None:
    page = browser.new_context(locale="sv").new_page()
    page.goto(f"{reported}/login/")
    page.get_by_role("link", name="Öppna siffror", exact=True).click()
    assert page.get_by_role("heading", level=1).text_content() == "Öppna siffror om integration"
    page.get_by_role("link", name="Suomi").click()
    assert page.url.endswith("/reports/public/fi/") and page.locator("html").get_attribute("lang") == "fi"
    assert page.get_by_role("heading", level=1).text_content() == "Kotoutumisen avoimet luvut"
