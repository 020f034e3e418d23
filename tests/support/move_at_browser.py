"""One move as the lead goes through its steps at the browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

# A file that was read, in either language; how long to wait before looking again, in milliseconds.
READ, WAIT = re.compile("Läst|Luettu"), 300


class Move:
    """One batch, as the lead goes through its steps."""

    def __init__(self, page: Any, name: str, *, most_percent: str | None = None, meanwhile: Callable[[], None] = lambda: None) -> None:
        self.page, self.meanwhile = page, meanwhile
        page.goto("/imports/add")
        page.fill("[name=name]", name)
        page.fill("[name=product]", "Gamla systemet")
        if most_percent is not None:
            page.fill("[name=most_percent]", most_percent)
        page.locator("#main-form button[type=submit]").first.click()
        page.wait_for_url("**/imports/show/*")
        self.key = page.url.rstrip("/").rsplit("/", 1)[-1]

    def hand_in(self, path: Path) -> None:
        self.page.goto(f"/imports/files/{self.key}")
        self.page.set_input_files("input[type=file]", str(path))
        self.page.locator("main form:has(input[type=file]) button[type=submit]").click()
        self.page.locator("main table", has_text=path.name).wait_for()
        self.meanwhile()
        self._until("main table tr", READ)

    def _until(self, place: str, text: str) -> None:
        """Look again until it says so: a work is done beside the page."""
        for _look in range(240):
            if self.page.locator(place, has_text=text).count():
                return
            self._look_again()
        raise AssertionError(f"{text}: {self.page.locator('main').inner_text()}")

    def _look_again(self) -> None:
        self.meanwhile()
        self.page.wait_for_timeout(WAIT)
        self.page.reload()

    def map_all(self) -> None:
        """Take what is suggested for each sheet, and keep it for the next time."""
        self.page.goto(f"/imports/sheets/{self.key}")
        places = [link.get_attribute("href") for link in self.page.locator("main table a").all()]
        assert places
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
        self.meanwhile()
        self.page.reload()
        for _look in range(240):
            if not self.page.locator("form[action$='/steer']").count():
                break
            self._look_again()
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

    def certify(self, *, signs: bool, differs: bool = False) -> None:
        """Make the certificate, and sign it when every sample was compared; `differs` says so of the first."""
        page = self.page
        page.goto(f"/imports/certificate/{self.key}")
        page.locator("form[action$='/make'] button").click()
        page.locator("[name^=sample-]").first.wait_for()
        assert page.locator("fieldset details[open]").count() == 0
        if signs:
            for choice in page.locator("[name^=sample-][value=same]").all():
                choice.check()
            if differs:
                page.locator("[name^=sample-][value=otherwise]").first.check()
            page.locator("form[action$='/answer'] button").click()
            page.locator("form[action$='/sign'] button").click()
            page.locator("fieldset[disabled]").first.wait_for()
