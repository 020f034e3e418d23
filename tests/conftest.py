"""Shared parts: one prepared application per database; the standing cast is the only shared data."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from config import TIME_ZONE
from tests.support.app import Browser, Ground, make_app, prepare
from tests.support.browser import chromium
from tests.support.once import collect_seldom, run_folder
from tests.support.postgres import Postgres

CLIENTS = 300

# Tests that name today while they are collected mean Finland's day, as the application does; between ten and midnight UTC they differ.
os.environ["TZ"] = TIME_ZONE
time.tzset()

collect_seldom()


# Files that take minutes come first, so that none is begun when the other workers are done (`--no-loadscope-reorder`).
LONGEST_FIRST = ("test_accessibility.py", "test_pages.py", "test_matrix_postgresql.py", "test_matrix_sqlite.py", "test_second_wall.py", "test_stopping.py")


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than processors: a worker that waits for a server, a browser or a database leaves its processor to another."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ranks = {name: rank for rank, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: ranks.get(item.path.name, len(ranks)))


@pytest.fixture(scope="session", autouse=True)
def ground(tmp_path_factory: pytest.TempPathFactory) -> None:
    Ground.folder = run_folder(tmp_path_factory)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One browser for a worker: Playwright holds one in a thread at a time."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def sqlite_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = make_app(tmp_path_factory.mktemp("sqlite"))
    prepare(app, CLIENTS)
    return app


@pytest.fixture(scope="session")
def postgres_app(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application that serves as the role without rights over the tables."""
    folder: Path = tmp_path_factory.mktemp("postgres")
    database = postgres.new_database()
    prepare(make_app(folder, postgres.url("koto_owner", database)), CLIENTS)
    return make_app(folder, postgres.url("koto_web", database))


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest) -> Flask:
    """The application on each database."""
    name = "sqlite_app" if request.param == "sqlite" else "postgres_app"
    found: Any = request.getfixturevalue(name)
    return found


@pytest.fixture
def aino(app: Flask) -> Browser:
    """Caseworker in municipality A."""
    return Browser(app).sign_in("aino")


@pytest.fixture
def cecilia(app: Flask) -> Browser:
    """Caseworker in municipality B."""
    return Browser(app).sign_in("cecilia")


@pytest.fixture
def eeva(app: Flask) -> Browser:
    """Access administrator, who sees no client."""
    return Browser(app).sign_in("eeva")
