"""Alembic owns every table: models and migrations agree, and up, down, up works with each database."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import check, downgrade, migrate, upgrade
from sqlalchemy import inspect, text

from app.access.actor import system_scope
from app.db.base import db
from tests.support.app import MIGRATIONS, make_app
from tests.support.postgres import Postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_app(request: pytest.FixtureRequest, tmp_path: Path) -> Flask:
    if request.param == "sqlite":
        return make_app(tmp_path)
    server: Postgres = request.getfixturevalue("postgres")
    return make_app(tmp_path, server.url("koto_owner", server.new_database()))


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.filterwarnings("ignore:autogenerate skipping:UserWarning")
def test_up_down_up_and_check(empty_app: Flask) -> None:
    with empty_app.app_context(), system_scope():
        upgrade(directory=MIGRATIONS)
        check(directory=MIGRATIONS)
        tables = set(inspect(db.engine).get_table_names())
        assert {"client", "ab_user", "audit_event"} <= tables
        downgrade(directory=MIGRATIONS, revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade(directory=MIGRATIONS)
        assert set(inspect(db.engine).get_table_names()) == tables


def test_check_sees_a_difference(empty_app: Flask) -> None:
    with empty_app.app_context(), system_scope(), pytest.raises(SystemExit):
        check(directory=MIGRATIONS)


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.filterwarnings("ignore:autogenerate skipping:UserWarning")
def test_a_written_migration_needs_nothing_of_the_application(tmp_path: Path) -> None:
    copy = shutil.copytree(MIGRATIONS, tmp_path / "migrations")
    with make_app(tmp_path).app_context(), system_scope():
        upgrade(directory=str(copy))
        db.session.execute(text("DROP TABLE draft"))
        db.session.commit()
        migrate(directory=str(copy), rev_id="9999", message="drafts")
    (written,) = (copy / "versions").glob("9999*")
    source = written.read_text(encoding="utf-8")
    assert (
        "sa.Column('content', sa.LargeBinary(), nullable=False)" in source
        and "sa.DateTime(timezone=True)" in source
        and "app." not in source
    )


def test_start_up_runs_no_statement(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    with app.app_context():
        assert inspect(db.engine).get_table_names() == []
