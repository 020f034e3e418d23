"""Nobody changes or takes back an event or a seal: no right, and a trigger for those who have every right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from app.audit.access import audit_engine, current_anchor
from app.audit.content import Keys
from app.audit.verify import verify
from app.db.base import db
from app.db.types import now
from tests.support.audit import TABLES, Log, PostgresLog

CHANGES = ("UPDATE {} SET {} = {}", "DELETE FROM {}", "DELETE FROM {} WHERE 1 = 0")
COLUMN = {"audit_event": "name", "audit_event_client": "client_id", "audit_seal": "root", "audit_sealed_event": "place"}


@pytest.mark.parametrize("table", TABLES)
def test_the_owner_of_the_tables_can_only_add(postgres_log: PostgresLog, table: str) -> None:
    postgres_log.reset()
    postgres_log.write(1)
    postgres_log.seal()
    owner = create_engine(postgres_log.server.url("koto_owner", postgres_log.name))
    for change in (*CHANGES, "TRUNCATE {} CASCADE"):
        with pytest.raises(DBAPIError, match="append-only"), owner.begin() as connection:
            connection.execute(text(change.format(table, COLUMN[table], COLUMN[table])))
    owner.dispose()


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("role", ["koto_web", "koto_log"])
def test_the_roles_that_serve_and_keep_have_no_right_to_change(postgres_log: PostgresLog, role: str, table: str) -> None:
    engine = create_engine(postgres_log.server.url(role, postgres_log.name))
    for change in (*CHANGES, "TRUNCATE {} CASCADE"):
        with pytest.raises(DBAPIError, match="permission denied"), engine.begin() as connection:
            connection.execute(text(change.format(table, COLUMN[table], COLUMN[table])))
    engine.dispose()


@pytest.mark.parametrize("table", TABLES)
def test_sqlite_can_only_add(sqlite_log: Log, table: str) -> None:
    sqlite_log.reset()
    sqlite_log.write(1)
    sqlite_log.seal()
    with sqlite_log.app.app_context():
        for change in CHANGES[:2]:
            with pytest.raises(DBAPIError, match="append-only"):
                db.session.execute(text(change.format(table, COLUMN[table], COLUMN[table])))
            db.session.rollback()


def test_events_from_before_the_marks_are_sealed_and_later_ones_without_a_mark_are_not(log: Log) -> None:
    """The first two were written by a release that knew no marks, the last two by somebody who cannot make one."""
    _add_unmarked(log, "a", "b")
    log.write(2)
    assert log.seal().events == 4 and log.kinds() == []
    _add_unmarked(log, "c", "d")
    assert log.kinds() == ["INSERTED", "INSERTED"]
    assert log.seal(everything=True).passed_over == 2


def _add_unmarked(log: Log, *names: str) -> None:
    with log.attack() as connection:
        for name in names:
            connection.execute(text("INSERT INTO audit_event (id, at, name, purpose) VALUES (:id, :at, 'client:read', 'INTEGRATION_SERVICE')"),
                               {"id": name, "at": (now() - timedelta(days=30)).strftime("%Y-%m-%d %H:%M:%S.%f")})  # fmt: skip


def test_a_new_key_leaves_the_chain_whole_and_an_old_one_may_go_when_a_later_seal_has_a_new_one(log: Log) -> None:
    old, new = "old key", "new key"

    def kinds(*ring: str) -> list[str]:
        with log.app.app_context():
            return [found.kind for found in verify(audit_engine(), Keys(ring), current_anchor()).findings]

    for ring in ((old,), (new, old)):
        log.app.extensions["koto_audit_keys"] = Keys(ring)
        log.write(2)
        if ring == (new, old):
            assert kinds(new) == ["REWRITTEN"], "nothing vouches for the seal of the old key yet"
        log.seal()
    assert kinds(old) == ["REWRITTEN"]
    assert kinds(new, old) == kinds(new) == []
    del log.app.extensions["koto_audit_keys"]
