"""Served applications that faults are tried on: one over a PostgreSQL of their own, one over SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.app import make_app, prepare
from tests.support.postgres import Postgres
from tests.support.server import Server
from tests.support.site import Site, sqlite_url

CLIENTS = 30
MANY_SIGN_INS = {"KOTO_LOGIN_RATE_LIMIT": "1000 per minute"}


@pytest.fixture(scope="package")
def database() -> Iterator[Postgres]:
    """A PostgreSQL that only these tests break."""
    server = Postgres()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="package")
def on_postgres(database: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder, name = tmp_path_factory.mktemp("faults-postgres"), database.new_database()
    prepare(make_app(folder, database.url("koto_owner", name)), CLIENTS)
    with Server(folder, KOTO_DATABASE_URL=database.url("koto_web", name), **MANY_SIGN_INS) as server:
        yield Site(server, database.url("postgres", name))


@pytest.fixture
def outage(database: Postgres) -> Iterator[Postgres]:
    """The PostgreSQL, running again after a test that stopped it."""
    yield database
    if not database.is_up:
        database.wake()


@pytest.fixture(scope="package")
def sqlite_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with a prepared SQLite file."""
    folder = tmp_path_factory.mktemp("faults-sqlite")
    prepare(make_app(folder), CLIENTS)
    return folder


@pytest.fixture(scope="package")
def on_sqlite(sqlite_folder: Path) -> Iterator[Site]:
    with Server(sqlite_folder, **MANY_SIGN_INS) as server:
        yield Site(server, sqlite_url(sqlite_folder))
