"""What a page costs the network: the fullest list under 60 kB compressed, static files loaded once, pages never compressed."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest
from flask import Flask

from tests.support.app import Browser, make_app, prepare

MOST = 60_000
LISTS = ["/clients/list/", "/organisations/list/"]


def assets(page: str) -> list[str]:
    return re.findall(r'(?:href|src)="(/static/[^"]+)"', page)


@pytest.fixture(scope="module")
def full_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Enough clients for a hundred of Aino's own municipality."""
    app = make_app(tmp_path_factory.mktemp("full"))
    prepare(app, 1300)
    return app


@pytest.mark.parametrize("path", LISTS)
def test_the_fullest_list_is_under_60_kilobytes_compressed(full_app: Flask, path: str) -> None:
    aino = Browser(full_app).sign_in("aino")
    columns = re.findall(r'name="columns" value="([^"]+)"', aino.get(path).text)
    assert aino.post(f"{path.removesuffix('list/')}preferences", act="settings", columns=columns, psize="100").status_code == 303
    page = aino.get(path)
    assert page.text.count('<tr role="row">') == 101 and page.text.count('scope="col"') == len(columns) + 1 + ("rowid" in page.text)
    loaded = [page.data, *(aino.client.get(address).data for address in assets(page.text))]
    assert len(loaded) >= 7
    assert sum(len(gzip.compress(part)) for part in loaded) < MOST


@pytest.mark.parametrize("coding", ["gzip", "br, gzip;q=0.5", ""])
def test_static_files_keep_for_ever_and_are_the_same_for_everybody(sqlite_app: Flask, coding: str) -> None:
    aino = Browser(sqlite_app).sign_in("aino")
    for address in assets(aino.get("/").text):
        answer: Any = aino.client.get(address, headers={"Accept-Encoding": coding})
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Vary"] == "Accept-Encoding" and "Set-Cookie" not in answer.headers
        assert answer.headers.get("Content-Encoding") == ("gzip" if coding else None)
        plain = aino.client.get(address)
        assert (gzip.decompress(answer.data) if coding else answer.data) == plain.data
        again = aino.client.get(address, headers={"Accept-Encoding": coding, "If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304 and again.data == b"" and again.headers["Cache-Control"] == answer.headers["Cache-Control"]


def test_a_part_of_a_static_file_is_a_part_of_the_plain_file(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    answer = client.get("/static/base.css", headers={"Accept-Encoding": "gzip", "Range": "bytes=0-9"})
    assert answer.status_code == 206 and "Content-Encoding" not in answer.headers and len(answer.data) == 10


def test_a_missing_static_file_is_not_kept(sqlite_app: Flask) -> None:
    for path in ("/static/nothing.css", "/static/../../config.py"):
        answer = sqlite_app.test_client().get(path, headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 404 and answer.headers["Cache-Control"] == "no-store"


def test_an_address_changes_with_its_content(sqlite_app: Flask) -> None:
    page = sqlite_app.test_client().get("/login/").text
    assert assets(page) and all(re.search(r"\?v=[0-9a-f]{12}$", address) for address in assets(page))


def test_pages_are_not_compressed(sqlite_app: Flask) -> None:
    aino = Browser(sqlite_app).sign_in("aino")
    for path in ("/", "/clients/list/", "/api/v1/clients/"):
        assert "Content-Encoding" not in aino.get(path, headers={"Accept-Encoding": "gzip, br"}).headers
