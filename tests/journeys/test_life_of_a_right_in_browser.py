"""A right in a browser: applied for, granted, used on a first client, ended by the administrator; the next click is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.access.actor import system_scope
from app.db.base import db
from app.demo.accounts import DEMO_PASSWORD
from tests.rights.conftest import add_person
from tests.support.app import make_app, prepare
from tests.support.browser import served, sign_in


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own, with a person who has an account and no right."""
    folder = tmp_path_factory.mktemp("life")
    app = make_app(folder)
    prepare(app, 40)
    with app.app_context(), system_scope():
        add_person(db.session, "matti", "Matti Mallikas")
        db.session.commit()
        db.engine.dispose()
    with served(Path(folder)) as address:
        yield address


def press(page: Any, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def unfolded(page: Any, name: str) -> None:
    """Open a link of the group of rights in the navigation."""
    if not page.get_by_role("link", name=name, exact=True).is_visible():
        page.locator("nav summary", has_text="Oikeudet ja roolit").click()
    page.get_by_role("link", name=name, exact=True).click()


def apply_for_casework(page: Any) -> None:
    page.get_by_role("main").get_by_role("link", name="Hae käyttöoikeutta").click()
    page.get_by_label("Organisaatio, jossa työskentelet").select_option(label="Vantaa")
    page.locator("[name=role]").select_option("CASEWORKER")
    page.locator("[name=task]").fill("Alkuvaiheen arvioinnit")
    page.locator("[name=basis]").select_option("B1")
    page.locator("[name=valid_from]").fill(date.today().isoformat())
    page.locator("[name=valid_to]").fill((date.today() + timedelta(days=300)).isoformat())
    page.locator("[name=email]").fill("matti@example.fi")
    page.locator("[name=accepts_liability]").check()
    page.locator("[name=training_done_on]").fill(date.today().isoformat())
    page.locator(".form-actions").get_by_role("button").first.click()
    assert "odottaa päätöstä" in page.get_by_role("main").text_content()


def test_from_the_application_to_the_end_of_the_right(own_site: str, browser: Any) -> None:
    matti, eeva = (browser.new_context(locale="fi").new_page() for _person in range(2))
    matti.goto(f"{own_site}/login/")
    matti.fill("[name=username]", "matti")
    matti.fill("[name=password]", DEMO_PASSWORD)
    press(matti, "Kirjaudu sisään")
    matti.wait_for_url(f"{own_site}/my-rights/")
    assert matti.get_by_role("link", name="Asiakkaat").count() == 0
    apply_for_casework(matti)

    sign_in(eeva, own_site, "eeva", DEMO_PASSWORD)
    unfolded(eeva, "Hakemukset")
    eeva.get_by_role("link", name="Mallikas, Matti").click()
    eeva.get_by_role("link", name="Myönnä oikeus").click()
    press(eeva, "Myönnä oikeus")
    assert "myönnetty" in eeva.get_by_role("main").text_content()

    matti.reload()
    press(matti, "Toimi tällä")
    assert "Vantaa" in matti.locator(".person").text_content()
    matti.get_by_role("link", name="Asiakkaat", exact=True).click()
    matti.locator("tbody a").first.click()
    client = matti.url
    assert "/clients/show/" in client and matti.get_by_role("heading", level=1).text_content()

    unfolded(eeva, "Käyttöoikeudet")
    eeva.get_by_role("link", name="Mallikas, Matti").click()
    eeva.get_by_role("link", name="Päätä oikeus heti").click()
    eeva.locator("[name=end_reason]").select_option("TASK_ENDED")
    eeva.locator(".form-actions").get_by_role("button").first.click()

    matti.get_by_role("link", name="Perustiedot").click()
    matti.wait_for_url("**/login/**")
    assert "Kirjaudu" in matti.get_by_role("heading", level=1).text_content()
    matti.goto(client)
    assert "/login/" in matti.url
