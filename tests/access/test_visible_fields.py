"""One rule about a field binds lists, filters, orders, records, files, search and the API alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from flask import Flask

from app.access.visibility import ABSENT, RULES, WHOLE, Sight
from app.clients.models import Client
from tests.support.app import Browser


class Hides:
    """Hides the date of birth of every client and puts a sentence in place of the service language."""

    def prepare(self, items: Sequence[Any]) -> None:
        self.prepared = len(items)

    def speaks_now(self) -> bool:
        return True

    def speaks_of(self, model: Any, name: str) -> bool:
        return model is Client

    def of_row(self, item: Any, name: str) -> Sight:
        return self.of_column(type(item), name)

    def of_column(self, model: Any, name: str) -> Sight:
        if model is Client and name == "birth_date":
            return ABSENT
        return Sight(mask="not for you") if model is Client and name == "service_language" else WHOLE


@pytest.fixture
def hiding(app: Flask) -> Iterator[Hides]:
    before, rule = app.extensions.get(RULES, ()), Hides()
    app.extensions[RULES] = (*before, rule)
    yield rule
    app.extensions[RULES] = before


@pytest.fixture
def bengt(app: Flask, hiding: Hides) -> Browser:
    return Browser(app).sign_in("bengt")


def test_a_list_lacks_the_column_and_shows_the_sentence(bengt: Browser, hiding: Hides) -> None:
    page = bengt.get("/clients/list/").text
    head = re.findall(r"<th[^>]*>(.*?)</th>", page, re.DOTALL)
    assert not any("Födelsedatum" in text for text in head)
    assert page.count("not for you") == hiding.prepared > 10


@pytest.mark.parametrize("query", ["order=birth_date", "f.service_language=fi"])
def test_what_is_hidden_neither_orders_nor_narrows(bengt: Browser, query: str) -> None:
    assert bengt.get(f"/clients/list/?{query}").status_code == 400


def test_what_is_hidden_cannot_be_searched(bengt: Browser) -> None:
    row = bengt.get("/api/v1/clients/").json["result"][0]
    assert "birth_date" not in row and row["service_language"] == "not for you"
    bengt.get("/clients/list/")
    bengt.post("/clients/search", q="1.1.1990")
    assert "/clients/show/" not in bengt.get(bengt.page.headers["Location"]).text


def test_a_record_lacks_the_field(bengt: Browser) -> None:
    key = bengt.get("/api/v1/clients/").json["result"][0]["id"]
    assert "birth_date" not in bengt.get(f"/api/v1/clients/{key}").json
    page = bengt.get(f"/clients/show/{key}?tab=basics").text
    assert "not for you" in page and not re.search(r"<dt>Födelsedatum", page)


def test_a_file_lacks_the_column(bengt: Browser) -> None:
    bengt.get("/clients/list/")
    text = bengt.post("/clients/export", form="csv").data.decode("utf-8-sig")
    head, *rows = [line for line in text.splitlines() if ";" in line]
    assert "Födelsedatum" not in head and len(rows) > 10 and all("not for you" in row for row in rows)
