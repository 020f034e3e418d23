"""Two municipalities' directories in a browser, over gunicorn's workers: one is frozen, and nobody of the other one waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from tests.support.app import make_app, prepare
from tests.support.browser import served
from tests.support.directories import PORVOO, VANTAA, Directories
from tests.support.server import until
from tests.support.slapd import PASSWORD, Slapd
from tests.support.slapd_ad import AdSlapd

MESSAGE = ".message-danger"


class Site(NamedTuple):
    address: str
    rows: Directories
    directory: str
    server: AdSlapd


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("two")
    app = make_app(folder)
    prepare(app, 20)
    with Slapd(tmp_path_factory.mktemp("people")) as people, AdSlapd(tmp_path_factory.mktemp("users")) as users:
        rows = Directories(app)
        rows.add(people, "vantaa.example", VANTAA)
        directory = rows.add(users, "porvoo.example", PORVOO)
        with served(folder) as address:
            yield Site(address, rows, directory, users)


def filled_in(page: Any, site: Site, account: str) -> None:
    page.goto(f"{site.address}/login/")
    page.fill("[name=username]", account)
    page.fill("[name=password]", PASSWORD)


def send(page: Any) -> None:
    """Send the form without waiting for what becomes of it."""
    page.evaluate("document.querySelector('main form').requestSubmit()")


def test_who_belongs_to_the_other_directory_gets_in_while_one_is_frozen(site: Site, browser: Any) -> None:
    waiting, other, inside = (browser.new_context(locale=language).new_page() for language in ("sv", "fi", "fi"))
    own_page = f"{site.address}/my-rights/"
    filled_in(inside, site, "otto@porvoo.example")
    send(inside)
    inside.wait_for_url(own_page)
    filled_in(waiting, site, "maija@porvoo.example")
    filled_in(other, site, "maija@vantaa.example")
    site.server.freeze()
    send(waiting)
    until(lambda: site.rows.is_being_asked(site.directory))
    send(other)
    other.wait_for_url(own_page)
    assert site.rows.is_being_asked(site.directory) and waiting.locator(MESSAGE).count() == 0
    assert "Maija Meri" in other.inner_text("body")
    # Who is in already works on as if nothing were wrong.
    inside.goto(own_page)
    assert "Otto Ojala" in inside.inner_text("body")
    waiting.wait_for_selector(MESSAGE, timeout=15000)
    assert "katalog svarar inte" in waiting.inner_text(MESSAGE)
    site.server.thaw()
    filled_in(waiting, site, "maija@porvoo.example")
    send(waiting)
    waiting.wait_for_url(own_page)
    assert "Maija Åström" in waiting.inner_text("body")
