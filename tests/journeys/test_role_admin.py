"""A role admin narrows a role in a browser, sees what it would do, gives it, and the worker can do less from the next page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.demo.accounts import DEMO_PASSWORD
from tests.journeys.test_life_of_a_right_in_browser import unfolded
from tests.support.app import make_app, prepare
from tests.support.browser import served, sign_in


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own: rights are changed in it."""
    folder = tmp_path_factory.mktemp("roles")
    prepare(make_app(folder), 40)
    with served(Path(folder)) as address:
        yield address


def page_of(browser: Any, site: str, username: str) -> Any:
    page = browser.new_context().new_page()
    sign_in(page, site, username, DEMO_PASSWORD)
    return page


def narrow_role(page: Any) -> None:
    """Make the caseworker's role one that agrees no plan."""
    unfolded(page, "Roolit")
    page.get_by_role("link", name="kotoutumispalvelujen työntekijä").first.click()
    page.get_by_role("link", name="Tee siitä suppeampi rooli").click()
    page.get_by_label("Nimi suomeksi").fill("Harjoittelija")
    page.get_by_label("Nimi ruotsiksi").fill("Praktikant")
    page.get_by_role("group", name="Kotoutumissuunnitelmat").get_by_label("sopia suunnitelman").uncheck()
    page.locator(".form-actions").get_by_role("button", name="Tallenna").click()
    assert page.get_by_role("heading", level=1).text_content() == "Harjoittelija"


def test_a_role_admin_changes_a_role(own_site: str, browser: Any) -> None:
    eeva, aino = page_of(browser, own_site, "eeva"), page_of(browser, own_site, "aino")
    narrow_role(eeva)
    eeva.get_by_role("link", name="Valitse, kenellä rooli on").click()
    eeva.get_by_label("Aarnio, Aino").check()
    eeva.locator(".form-actions").get_by_role("button", name="Tallenna").click()
    told = eeva.get_by_role("main").text_content()
    assert "Tätä ei saa enää tehdä" in told and "sopia suunnitelman" in told and "Aarnio, Aino" in told
    aino.goto(own_site)
    assert "Harjoittelija" not in aino.locator(".person").text_content(), "nothing changes before it is confirmed"
    eeva.get_by_role("button", name="Tallenna").last.click()
    assert "1 käyttöoikeus muutettiin" in eeva.locator(".messages").text_content()
    aino.goto(own_site)
    assert "Harjoittelija" in aino.locator(".person").text_content()
    aino.goto(f"{own_site}/plans/list/?f.status=DRAFT")
    aino.locator("tbody a").first.click()
    aino.wait_for_url("**/plans/show/**")
    assert aino.get_by_role("link", name="Muokkaa").count() == 1
    assert aino.get_by_role("link", name="Sovi suunnitelma").count() == 0
    assert aino.goto(aino.url.replace("/show/", "/agree/")).status == 403
    assert "can_" not in eeva.content()
