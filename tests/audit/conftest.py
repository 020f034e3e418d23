"""Logs that tests may break: emptied before each test, one on each database."""

from __future__ import annotations

import pytest

from tests.support.audit import Log, PostgresLog, SqliteLog
from tests.support.postgres import Postgres


@pytest.fixture(scope="session")
def sqlite_log(tmp_path_factory: pytest.TempPathFactory) -> Log:
    return SqliteLog(tmp_path_factory.mktemp("log-sqlite"))


@pytest.fixture(scope="session")
def postgres_log(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Log:
    return PostgresLog(tmp_path_factory.mktemp("log-postgres"), postgres)


@pytest.fixture(params=["sqlite", "postgres"])
def log(request: pytest.FixtureRequest) -> Log:
    found: Log = request.getfixturevalue(f"{request.param}_log")
    found.reset()
    return found
