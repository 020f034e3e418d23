"""A Swedish-speaking lead moves a municipality in without help: a workbook of 2,000 clients with 150 faults, corrected in the workbook that comes back, undone, and done again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.demo.accounts import DEMO_PASSWORD
from tests.journeys import old_system
from tests.support.app import make_app, prepare
from tests.support.browser import served, sign_in

PERMITS = "Uppehållsrätt"


@pytest.fixture
def lead(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """The lead's page; the worker of jobs runs beside the service."""
    prepare(make_app(tmp_path), 40)
    with served(tmp_path, KOTO_JOBS="on") as site:
        context = browser.new_context(accept_downloads=True, base_url=site)
        page = context.new_page()
        page.set_default_timeout(60_000)
        sign_in(page, site, "bengt", DEMO_PASSWORD)
        page.goto("/lang/sv")
        yield page
        context.close()


class Move:
    """One batch, as the lead goes through its steps."""

    def __init__(self, page: Any, name: str) -> None:
        self.page = page
        page.goto("/imports/add")
        page.fill("[name=name]", name)
        page.fill("[name=product]", "Gamla systemet")
        page.locator("#main-form button[type=submit]").first.click()
        page.wait_for_url("**/imports/show/*")
        self.key = page.url.rstrip("/").rsplit("/", 1)[-1]

    def hand_in(self, path: Path) -> None:
        self.page.goto(f"/imports/files/{self.key}")
        self.page.set_input_files("input[type=file]", str(path))
        self.page.locator("main form:has(input[type=file]) button[type=submit]").click()
        self.page.locator("main table", has_text=path.name).wait_for()
        self._until("main table tr", "Läst")

    def _until(self, place: str, text: str) -> None:
        """Look again until it says so: a work is done beside the page."""
        for _look in range(240):
            if self.page.locator(place, has_text=text).count():
                return
            self.page.wait_for_timeout(500)
            self.page.reload()
        raise AssertionError(f"{text}: {self.page.locator('main').inner_text()}")

    def map_all(self) -> None:
        """Take what is suggested for each sheet, and keep it for the next time."""
        self.page.goto(f"/imports/sheets/{self.key}")
        places = [link.get_attribute("href") for link in self.page.locator("main table a").all()]
        assert len(places) == 2
        for place in places:
            self.page.goto(place)
            self.page.locator("#main-form button[name=action][value=keep]").click()
            self.page.locator(".message-success").wait_for()

    def press(self, form: str) -> None:
        """Send a form of the page; one that asks first is opened and answered."""
        asks = self.page.locator(f"main details.confirm:has({form}) > summary")
        if asks.count():
            asks.click()
        with self.page.expect_navigation():
            self.page.locator(f"main {form} button[type=submit]").click()

    def work(self, name: str) -> dict[str, list[int]]:
        """Begin a work, wait for its end, and read the table of what became of the rows."""
        place = f"/imports/work/{self.key}/{name}"
        self.page.goto(place)
        self.press(f"form[action$='{name}']")
        for _look in range(240):
            if not self.page.locator("form[action$='/steer']").count():
                break
            self.page.wait_for_timeout(500)
            self.page.reload()
        self.page.goto(place)
        rows = self.page.locator("#outcome tbody tr").all()
        return {cells[0]: [int("".join(filter(str.isdigit, text)) or 0) for text in cells[1:]] for cells in ([cell.inner_text().strip() for cell in row.locator("th, td").all()] for row in rows)}

    def returned(self, folder: Path) -> Path:
        """Fetch the workbook with the faulty cells marked."""
        self.page.goto(f"/imports/work/{self.key}/rehearse")
        with self.page.expect_download() as found:
            self.page.locator("a[href*='/returned/']").click()
        path = folder / "returned.xlsx"
        found.value.save_as(str(path))
        return path

    def drop_files(self) -> None:
        """Take the files away; they are replaced by what was corrected."""
        self.page.goto(f"/imports/files/{self.key}")
        self.page.goto(str(self.page.locator("main table a").first.get_attribute("href")))
        self.press("form[action*='/delete/']")

    def certify(self, *, signs: bool) -> None:
        """Make the certificate, and sign it when every sample was compared."""
        page = self.page
        page.goto(f"/imports/certificate/{self.key}")
        page.locator("form[action$='/make'] button").click()
        page.locator("[name^=sample-]").first.wait_for()
        assert page.locator("fieldset details[open]").count() == 0
        if signs:
            for choice in page.locator("[name^=sample-][value=same]").all():
                choice.check()
            page.locator("form[action$='/answer'] button").click()
            page.locator("form[action$='/sign'] button").click()
            page.locator("fieldset[disabled]").first.wait_for()


def _total(outcome: dict[str, list[int]]) -> list[int]:
    """Give in, created, updated, joined, unchanged, skipped, stopped, failed of all."""
    return list(outcome.values())[-1]


def test_a_municipality_moves_in_without_a_consultant(lead: Any, tmp_path: Path) -> None:
    clients = old_system.CLIENTS
    faulty = tmp_path / "gammalt.xlsx"
    faulty.write_bytes(old_system.workbook(old_system.faulty()))
    move = Move(lead, "Flytten")
    move.hand_in(faulty)
    move.map_all()
    came, created, *_between, stopped, failed = _total(move.work("rehearse"))
    # Each fault stops a row, and the hundred that stop a client take its permit along.
    assert (came, created, stopped, failed) == (2 * clients, 2 * clients - 250, 250, 0)

    right = tmp_path / "rättat.xlsx"
    right.write_bytes(old_system.workbook(old_system.corrected(move.returned(tmp_path))))
    move.drop_files()
    move.hand_in(right)
    move.map_all()
    assert _total(move.work("rehearse"))[:2] == [2 * clients, 2 * clients]
    assert _total(move.work("commit"))[:2] == [2 * clients, 2 * clients]
    lead.goto(f"/clients/list/?q={old_system.name_of(7)}")
    move.certify(signs=False)

    move.work("undo")
    lead.goto(f"/imports/show/{move.key}")
    assert "Återkallad" in lead.locator("main").inner_text() or "återkallad" in lead.locator("main").inner_text()

    again = Move(lead, "Flytten på nytt")
    again.hand_in(right)
    again.map_all()
    again.work("rehearse")
    assert _total(again.work("commit"))[:2] == [2 * clients, 2 * clients]
    again.certify(signs=True)
    lead.goto(f"/imports/show/{again.key}")
    assert lead.locator("main", has_text="Undertecknat").count()
