"""A database that answers but cannot serve: migrations are missing, or another process holds the file."""

from __future__ import annotations

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from app.access.actor import system_scope
from app.db.base import db
from tests.support.app import MIGRATIONS, make_app
from tests.support.postgres import Postgres
from tests.support.site import Entry, Site, assert_told, saved_again


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Flask:
    """An application over a database that nobody migrated."""
    if request.param == "sqlite":
        return make_app(tmp_path)
    database: Postgres = request.getfixturevalue("database")
    return make_app(tmp_path, database.url("koto_owner", database.new_database()))


def test_a_database_without_all_migrations_is_not_ready(empty: Flask) -> None:
    client = empty.test_client()
    assert client.get("/healthz").status_code == 200
    behind = client.get("/readyz")
    assert (behind.status_code, behind.json) == (503, {"database": "ok", "migrations": "behind", "jobs": "unknown"})
    with empty.app_context(), system_scope():
        upgrade(directory=MIGRATIONS)
        assert client.get("/readyz").status_code == 200
        db.session.execute(text("UPDATE alembic_version SET version_num = 'another'"))
        db.session.commit()
    assert client.get("/readyz").status_code == 503


def test_a_file_that_another_process_holds_is_told_and_nothing_typed_is_lost(on_sqlite: Site, sqlite_folder: Path) -> None:
    finnish, swedish, before = on_sqlite.visitor("fi"), on_sqlite.visitor("sv"), on_sqlite.numbers()
    form = Entry(finnish)
    holder = sqlite3.connect(sqlite_folder / "koto.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(2) as pool:
        saving, reading = pool.submit(form.save, "Lukon aikana"), pool.submit(swedish.get, "/clients/list/")
        refused = saving.result(20)
        assert_told(refused, "fi")
        assert_told(reading.result(20), "sv")
    ready = finnish.get("/readyz")
    assert (ready.status, json.loads(ready.text)["database"]) == (200, "ok")
    holder.execute("ROLLBACK")
    holder.close()
    assert on_sqlite.numbers() == before
    assert saved_again(finnish, refused).status == 303
    assert on_sqlite.numbers() == {name: count + 1 for name, count in before.items()}
