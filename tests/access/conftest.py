"""The installations of the access matrix: their own, because the requests of the matrix change and delete rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from tests.support.app import Browser, make_app, prepare
from tests.support.matrix import Reader
from tests.support.postgres import Postgres
from tests.support.specimens import Specimen, add_readers, plant

CLIENTS = 20


@dataclass
class Installation:
    """An application that serves, the one that owns the tables, and the specimens in them."""

    app: Flask
    owner: Flask
    specimens: dict[tuple[str, str], Specimen]

    def browser(self, reader: Reader) -> Browser:
        browser = Browser(self.app)
        return browser.sign_in(reader.username) if reader.username else browser


def installed(app: Flask, owner: Flask) -> Installation:
    """Prepare the tables and plant the specimens."""
    prepare(owner, CLIENTS)
    add_readers(owner)
    return Installation(app, owner, plant(owner))


@pytest.fixture(scope="module")
def sqlite_matrix(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    app = make_app(tmp_path_factory.mktemp("matrix"), WTF_CSRF_ENABLED=False)
    return installed(app, app)


@pytest.fixture(scope="module")
def postgres_matrix(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    folder: Path = tmp_path_factory.mktemp("matrix")
    database = postgres.new_database()
    owner = make_app(folder, postgres.url("koto_owner", database))
    return installed(make_app(folder, postgres.url("koto_web", database), WTF_CSRF_ENABLED=False), owner)
