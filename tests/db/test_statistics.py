"""The serving role, which owns no table, can have them analysed, so that a large move is planned for the rows it wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from app.access.actor import Scope, acting_scope
from app.db.base import db
from app.db.statistics import is_due, renew_statistics
from app.organisations.models import organisation_key
from tests.support.app import make_app, prepare
from tests.support.postgres import Postgres

_KNOWN = text("SELECT reltuples FROM pg_class WHERE relname = 'organisation'")


def test_the_serving_role_renews_what_the_planner_knows(postgres: Postgres, tmp_path: Path) -> None:
    name = postgres.new_database()
    prepare(make_app(tmp_path, postgres.url("koto_owner", name)), 0)
    web = make_app(tmp_path, postgres.url("koto_web", name))
    with postgres.admin(name) as admin:
        admin.execute("UPDATE pg_class SET reltuples = -1 WHERE relname = 'organisation'")
    with web.app_context(), acting_scope(Scope(organisation_key("MUNICIPALITY", "092"))):
        assert db.session.scalar(_KNOWN) == -1
        renew_statistics(db.session)
        assert db.session.scalar(_KNOWN) > 400
        db.session.rollback()


def test_sqlite_needs_none(tmp_path: Path) -> None:
    with make_app(tmp_path).app_context():
        renew_statistics(db.session)


@pytest.mark.parametrize(("pieces", "due"), [(0, False), (1, True), (2, True), (3, False), (4, True), (6, False), (1024, True)])
def test_they_are_renewed_as_the_work_doubles(pieces: int, due: bool) -> None:
    assert is_due(pieces) is due
