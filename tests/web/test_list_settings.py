"""A reader's own columns, rows per page and saved limits: theirs alone, and only what the view offers."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask

from tests.support.app import Browser

LIST = "/clients/list/"


def heads(browser: Browser) -> list[str]:
    return re.findall(r'role="columnheader"[^>]*>(?:<a[^>]*><span[^>]*>)?\s*([^<]+?)\s*<', browser.get(LIST).text)


def keep(browser: Browser, query: str = "", **fields: Any) -> Any:
    browser.get(LIST + query)
    return browser.post("/clients/preferences" + query, **fields)


@pytest.fixture
def reader(app: Flask) -> Browser:
    """Aino with the list as it comes."""
    aino = Browser(app).sign_in("aino")
    keep(aino, act="settings", columns=["birth_date", "service_language", "status", "responsible_worker"], psize="25")
    return aino


def test_columns_and_rows_are_the_readers_own(app: Flask, reader: Browser) -> None:
    before = heads(reader)
    assert keep(reader, act="settings", columns=["citizenship", "status"], psize="50").status_code == 303
    assert heads(reader) == ["Valitse", "Nimi", "Asiakkuuden vaihe", "Kansalaisuus"]
    assert '<option value="50" selected>50' in reader.get(LIST).text
    keep(reader, act="settings", columns=["citizenship", "status"], psize="100")
    assert len(re.findall('name="rowid"', reader.get(LIST + "?psize=3").text)) == 3
    keep(reader, act="settings", columns=["citizenship", "status"], psize="50")
    assert heads(Browser(app).sign_in("aino")) == heads(reader) != before
    assert len(heads(Browser(app).sign_in("bengt"))) == 6


@pytest.mark.parametrize(
    "fields", [{"columns": ["identity_code"], "psize": "25"}, {"columns": ["phone"], "psize": "25"}, {"columns": [], "psize": "7"}, {"columns": []}]
)
def test_what_the_view_does_not_offer_is_refused(reader: Browser, fields: dict[str, Any]) -> None:
    assert keep(reader, act="settings", **fields).status_code == 400


def test_limits_are_saved_opened_and_removed(app: Flask, reader: Browser) -> None:
    query = "?f.status=INTAKE&f.status=PLAN_ACTIVE&order=birth_date"
    keep(reader, query, act="save", name="Alussa <b>")
    page = reader.get(LIST)
    link = re.search(r'href="([^"]+)">Alussa &lt;b&gt;<', page.text)
    assert link and unescape(link.group(1)) == LIST + query
    assert "Alussa" not in Browser(app).sign_in("bengt").get(LIST).text
    key = re.search(r'name="key" value="([^"]+)"', page.text)
    assert key
    Browser(app).sign_in("bengt")
    bengt = Browser(app).sign_in("bengt")
    keep(bengt, act="drop", key=key.group(1))
    assert "Alussa" in reader.get(LIST).text
    keep(reader, act="drop", key=key.group(1))
    assert "Alussa" not in reader.get(LIST).text


def test_a_search_and_a_page_are_not_saved_with_the_limits(reader: Browser) -> None:
    keep(reader, "?f.status=INTAKE&search=00000000-0000-4000-8000-000000000000&psize=5", act="save", name="Haku")
    link = re.search(r'href="([^"]+)">Haku<', reader.get(LIST).text)
    assert link and link.group(1) == LIST + "?f.status=INTAKE"
    assert "nimi" in reader.get(keep(reader, "?f.status=INTAKE", act="save", name=" ").headers["Location"]).text
    assert keep(reader, act="other").status_code == 400


def test_saved_limits_are_counted(reader: Browser) -> None:
    for number in range(22):
        keep(reader, "?f.status=INTAKE", act="save", name=f"Rajaus {number:02}")
    names = set(re.findall(r">Rajaus (\d\d)<", reader.get(LIST).text))
    assert 15 < len(names) <= 20
    for key in re.findall(r'name="key" value="([^"]+)"', reader.get(LIST).text):
        reader.post("/clients/preferences", act="drop", key=key)
        reader.get(LIST)
