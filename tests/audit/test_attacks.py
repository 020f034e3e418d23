"""What is done to the log behind the application's back is found, and told by its kind."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, select, text

from app.audit.content import canonical, moment, root_of, seal_hash
from app.audit.models import AuditEvent, AuditEventClient, AuditSeal, AuditSealedEvent
from tests.support.audit import Log

COLUMNS = ", ".join(column.name for column in AuditEvent.__table__.columns)


@pytest.fixture
def sealed(log: Log) -> Log:
    """A log of twelve events in three seals, and one event that waits."""
    for _seal in range(3):
        log.write(4)
        assert log.seal().seals == 1
    log.write(1)
    report = log.verify()
    assert (report.is_whole, report.events, report.seals, report.anchored, report.waiting) == (True, 12, 3, 3, 1)
    return log


def found_at(log: Log) -> list[tuple[str, int | None, int | None]]:
    return [(found.kind, found.seal, found.place) for found in log.verify().findings]


@pytest.mark.parametrize(
    "change",
    ["user_id = 7", "at = '2020-01-02 03:04:05.000000'", "name = 'plan:read'", "outcome = 'REFUSED'", "purpose = 'CONTROLLER'", "hits = 99",
     "role = 'TEAM_LEAD'", "organisation_id = 'x'", "row_id = NULL", "row_version = 3", "fields = 'status'", "criteria = 'status'", "request_id = 'x'"],
)  # fmt: skip
def test_an_edited_event_is_found_whatever_was_edited(sealed: Log, change: str) -> None:
    with sealed.attack() as connection:
        connection.execute(text(f"UPDATE audit_event SET {change} WHERE id = :id"), {"id": sealed.ids()[5]})
    assert found_at(sealed) == [("EDITED", 2, 6)]


@pytest.mark.parametrize("change", ["DELETE FROM audit_event_client", "UPDATE audit_event_client SET client_id = 'x' || substr(client_id, 2)"])
def test_an_edit_of_the_clients_of_an_event_is_found(sealed: Log, change: str) -> None:
    with sealed.attack() as connection:
        connection.execute(text(f"{change} WHERE event_id = :id"), {"id": sealed.ids()[0]})
    assert found_at(sealed) == [("EDITED", 1, 1)]


def test_an_edit_with_a_new_digest_beside_it_is_found(sealed: Log) -> None:
    key = sealed.ids()[5]
    with sealed.attack() as connection:
        connection.execute(text("UPDATE audit_event SET user_id = 7 WHERE id = :id"), {"id": key})
        connection.execute(AuditSealedEvent.__table__.update().where(AuditSealedEvent.event_id == key), {"digest": digest_of(connection, key)})
    assert found_at(sealed) == [("EDITED", 2, 6)]


def test_an_edit_before_the_seal_is_found_and_never_sealed(log: Log) -> None:
    log.write(3)
    with log.attack() as connection:
        connection.execute(text("UPDATE audit_event SET user_id = 7 WHERE hits = 1"))
    assert log.kinds() == ["INSERTED"]
    assert (log.seal().events, log.seal().passed_over) == (2, 1)
    assert log.kinds() == ["INSERTED"]


@pytest.mark.parametrize("tables", [("audit_event",), ("audit_event", "audit_event_client"), ("audit_event", "audit_event_client", "audit_sealed_event")])
def test_a_deleted_event_is_found(sealed: Log, tables: tuple[str, ...]) -> None:
    key = sealed.ids()[5]
    with sealed.attack() as connection:
        for table in tables:
            connection.execute(text(f"DELETE FROM {table} WHERE {'id' if table == 'audit_event' else 'event_id'} = :id"), {"id": key})
    assert found_at(sealed) == [("DELETED", 2, 6)]


def test_a_deleted_seal_is_found(sealed: Log) -> None:
    with sealed.attack() as connection:
        connection.execute(text("DELETE FROM audit_seal WHERE number = 2"))
    assert found_at(sealed) == [("DELETED", 3, None)]


@pytest.mark.parametrize("mark", ["mark", "NULL", "'0000000000000000000000000000000000000000'"])
def test_an_inserted_event_is_found_and_never_sealed(sealed: Log, mark: str) -> None:
    """A copy of a genuine event under another key, with its time in a stretch that is sealed already."""
    values = COLUMNS.replace("id,", "'00000000-0000-4000-8000-000000000001',", 1).replace(", mark", f", {mark}")
    with sealed.attack() as connection:
        connection.execute(text(f"INSERT INTO audit_event ({COLUMNS}) SELECT {values} FROM audit_event WHERE id = :id"), {"id": sealed.ids()[5]})
    assert sealed.kinds() == ["INSERTED"]
    assert sealed.seal(everything=True).passed_over == 1
    assert sealed.kinds() == ["INSERTED"]


def test_an_inserted_event_with_a_place_of_its_own_is_found(sealed: Log) -> None:
    key = "00000000-0000-4000-8000-000000000001"
    values = COLUMNS.replace("id,", f"'{key}',", 1)
    with sealed.attack() as connection:
        connection.execute(text(f"INSERT INTO audit_event ({COLUMNS}) SELECT {values} FROM audit_event WHERE id = :id"), {"id": sealed.ids()[5]})
        connection.execute(AuditSealedEvent.__table__.insert(), {"event_id": key, "place": 13, "digest": digest_of(connection, key)})
    assert found_at(sealed) == [("INSERTED", None, 13)]


@pytest.mark.parametrize("pair", [(1, 2), (1, 9)])
def test_events_that_changed_their_contents_are_found(sealed: Log, pair: tuple[int, int]) -> None:
    one, other = (sealed.ids()[at] for at in pair)
    with sealed.attack() as connection:
        exchange(connection, "audit_event", "id", one, other)
    assert [found[0] for found in found_at(sealed)] == ["SWAPPED", "SWAPPED"]


def test_events_that_changed_their_places_are_found(sealed: Log) -> None:
    one, other = sealed.ids()[1:3]
    with sealed.attack() as connection:
        for place, key in ((-1, one), (2, other), (3, one)):
            connection.execute(text("UPDATE audit_sealed_event SET place = :place WHERE event_id = :id"), {"place": place, "id": key})
    assert found_at(sealed) == [("SWAPPED", 1, None)]


@pytest.mark.parametrize("tables", [("audit_seal",), ("audit_seal", "audit_sealed_event"), ("audit_seal", "audit_sealed_event", "audit_event_client", "audit_event")])
def test_a_tail_that_was_cut_off_is_found(sealed: Log, tables: tuple[str, ...]) -> None:
    keys = tuple(sealed.ids()[8:])
    conditions = {"audit_seal": "number = 3", "audit_sealed_event": "place > 8", "audit_event_client": f"event_id IN {keys}", "audit_event": f"id IN {keys}"}
    with sealed.attack() as connection:
        for table in tables:
            connection.execute(text(f"DELETE FROM {table} WHERE {conditions[table]}"))
    assert "CUT_TAIL" in sealed.kinds()
    with pytest.raises(RuntimeError, match="different stories"):
        sealed.seal()
    assert sealed.verify().waiting == 0
    assert not sealed.verify().is_whole, "what is sealed afterwards does not heal it"


def test_a_tail_that_was_cut_off_with_the_head_is_found_by_the_anchor(sealed: Log) -> None:
    keys = tuple(sealed.ids()[8:])
    with sealed.attack() as connection:
        for condition in ("audit_seal WHERE number = 3", "audit_sealed_event WHERE place > 8", f"audit_event_client WHERE event_id IN {keys}",
                          f"audit_event WHERE id IN {keys}"):  # fmt: skip
            connection.execute(text(f"DELETE FROM {condition}"))
        connection.execute(text("UPDATE audit_head SET number = 2"))
    assert found_at(sealed) == [("RESTORED", 2, None)]


def test_a_chain_that_was_rewritten_is_found(sealed: Log) -> None:
    """The attacker edits an event and makes every digest and seal anew, with all but the key."""
    with sealed.attack() as connection:
        connection.execute(text("UPDATE audit_event SET user_id = 7 WHERE id = :id"), {"id": sealed.ids()[1]})
        rewrite(connection)
    assert set(sealed.kinds()) == {"REWRITTEN"}


def test_a_chain_that_was_rewritten_with_the_key_is_found_by_the_anchor(sealed: Log) -> None:
    with sealed.attack() as connection, keys_of(sealed) as keys:
        connection.execute(text("UPDATE audit_event SET user_id = 7 WHERE id = :id"), {"id": sealed.ids()[1]})
        rewrite(connection, keys)
    assert found_at(sealed) == [("RESTORED", 1, None)]


def test_a_restored_old_copy_is_found(log: Log) -> None:
    log.write(4)
    log.seal()
    copy = log.copy()
    log.write(4)
    log.seal()
    assert log.kinds() == []
    log.restore(copy)
    assert found_at(log) == [("RESTORED", 1, None)]


def test_a_restored_old_copy_is_found_after_it_went_on(log: Log) -> None:
    log.write(4)
    log.seal()
    copy = log.copy()
    log.write(4)
    log.seal()
    log.restore(copy)
    log.write(6)
    with pytest.raises(RuntimeError, match="different stories"):
        log.seal()
    assert log.verify().waiting == 0
    assert found_at(log) == [("RESTORED", 2, None)]


def test_an_emptied_database_is_found(sealed: Log) -> None:
    with sealed.attack() as connection:
        for table in ("audit_event_client", "audit_event", "audit_seal", "audit_sealed_event"):
            connection.execute(text(f"DELETE FROM {table}"))
        connection.execute(text("UPDATE audit_head SET number = 0"))
    assert sealed.kinds() == ["RESTORED"]


def test_an_anchor_that_is_gone_is_told_of_and_not_made_anew(sealed: Log) -> None:
    anchor = sealed.app.config["KOTO"].audit_anchor
    anchor.unlink()
    assert sealed.kinds() == ["ANCHOR_MISSING"]
    with pytest.raises(RuntimeError, match="gone"):
        sealed.seal()
    assert not anchor.exists() and sealed.verify().waiting == 0


@contextmanager
def keys_of(log: Log) -> Iterator[Any]:
    from app.audit.content import current_keys

    with log.app.app_context():
        yield current_keys()


def row_of(connection: Connection, key: str) -> dict[str, Any]:
    found = dict(connection.execute(select(AuditEvent.__table__).where(AuditEvent.id == key)).one()._mapping)
    return found | {"at": found["at"].replace(tzinfo=found["at"].tzinfo or UTC)}


def digest_of(connection: Connection, key: str) -> bytes:
    clients = sorted(connection.scalars(select(AuditEventClient.client_id).where(AuditEventClient.event_id == key)))
    return hashlib.sha256(canonical(row_of(connection, key), clients)).digest()


def exchange(connection: Connection, table: str, column: str, one: str, other: str) -> None:
    for old, new in ((one, "-"), (other, one), ("-", other)):
        connection.execute(text(f"UPDATE {table} SET {column} = :new WHERE {column} = :old"), {"old": old, "new": new})


def rewrite(connection: Connection, keys: Any = None) -> None:
    """Make digests, roots and hashes anew as the sealer would; without `keys` the macs stay."""
    places, seals, previous = AuditSealedEvent.__table__, AuditSeal.__table__, "0" * 64
    for event_id in connection.scalars(select(places.c.event_id)).all():
        connection.execute(places.update().where(places.c.event_id == event_id), {"digest": digest_of(connection, event_id)})
    for seal in connection.execute(select(seals).order_by(seals.c.number)).all():
        within = (places.c.place >= seal.first_place) & (places.c.place < seal.first_place + seal.events)
        new = dict(seal._mapping) | {"previous": previous, "root": root_of(list(connection.scalars(select(places.c.digest).where(within).order_by(places.c.place))))}
        new["hash"] = previous = seal_hash(new)
        new["mac"] = keys.mac(previous) if keys else seal.mac
        connection.execute(seals.update().where(seals.c.number == seal.number), new)


def test_a_moment_is_the_same_number_in_every_zone() -> None:
    assert moment(datetime.fromisoformat("2026-10-05T12:00:00.000001+03:00")) == moment(datetime(2026, 10, 5, 9, 0, 0, 1, UTC))
