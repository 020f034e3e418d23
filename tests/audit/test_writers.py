"""Writers at once, with sealers beside them: nothing is lost, nothing stands twice, nobody waits for a seal."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event
from typing import Any

import pytest
from sqlalchemy import text

from app.access.actor import system_scope
from app.audit import record, seal
from app.audit.access import audit_engine
from app.audit.record import record_event
from app.db.base import db
from app.db.types import new_id, now
from tests.support.audit import Log

WRITERS, EACH = 20, 15


def column(log: Log, query: str) -> list[Any]:
    with log.attack() as connection:
        return list(connection.scalars(text(query)))


def written_by(log: Log, start: Barrier) -> list[str]:
    """Write events with a client each, every fifth of which is taken back; gives the rows of those that stay."""
    stay = []
    with log.app.app_context(), system_scope():
        start.wait()
        for at in range(EACH):
            key = new_id()
            record_event(db.session, "note:added", client_ids=[new_id()], row_id=key)
            if at % 5 == 4:
                db.session.rollback()
            else:
                db.session.commit()
                stay.append(key)
    return stay


def sealing(log: Log, is_over: Event) -> int:
    done = 0
    while not is_over.is_set():
        done += log.seal().events
    return done


def test_twenty_writers_and_two_sealers_lose_and_double_nothing(log: Log) -> None:
    start, is_over = Barrier(WRITERS), Event()
    with ThreadPoolExecutor(WRITERS + 2) as pool:
        sealers = [pool.submit(sealing, log, is_over) for _sealer in range(2)]
        writers = [pool.submit(written_by, log, start) for _writer in range(WRITERS)]
        try:
            rows = [key for writer in writers for key in writer.result(60)]
        finally:
            is_over.set()
        sealed = sum(sealer.result(60) for sealer in sealers) + log.seal().events
    assert len(rows) == WRITERS * EACH * 4 // 5 == sealed
    assert sorted(column(log, "SELECT row_id FROM audit_event")) == sorted(rows)
    assert sorted(log.ids()) == sorted(column(log, "SELECT id FROM audit_event"))
    assert column(log, "SELECT place FROM audit_sealed_event ORDER BY place") == list(range(1, sealed + 1))
    assert column(log, "SELECT count(*) FROM audit_event_client") == [sealed]
    report = log.verify()
    assert (report.is_whole, report.events, report.waiting) == (True, sealed, 0) and report.seals == report.anchored > 1


def test_an_event_that_is_committed_after_later_ones_were_sealed_gets_its_place(postgres_log: Log) -> None:
    log = postgres_log
    log.reset()
    with log.app.app_context(), system_scope():
        record_event(db.session, "note:added", row_id=new_id())
        log.write(3)
        assert log.seal().events == 3
        db.session.commit()
    assert log.seal().events == 1 and log.kinds() == []


def test_a_writer_does_not_wait_for_a_seal_that_is_being_made(postgres_log: Log) -> None:
    log = postgres_log
    log.reset()
    log.write(1)
    with log.app.app_context(), system_scope(), seal.alone(audit_engine()):
        db.session.execute(text("SET lock_timeout = 100"))
        record_event(db.session, "note:added", client_ids=[new_id()])
        db.session.commit()
    assert log.seal().events == 2


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Let events be written as of some time ago."""
    return lambda ago: monkeypatch.setattr(record, "now", lambda: now() - ago)


def test_an_event_that_came_much_later_waits_for_the_next_verification_and_is_no_fault(log: Log, at: Callable[[timedelta], None]) -> None:
    log.write(2)
    log.seal()
    at(timedelta(hours=3))
    log.write(1)
    assert log.seal().events == 0
    report = log.verify()
    assert report.is_whole and report.waiting == 1
    assert log.seal(everything=True).events == 1
    assert log.verify().waiting == 0


def test_a_long_backlog_is_sealed_in_batches(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    log.write(7)
    for module in ("seal", "waiting"):
        monkeypatch.setattr(f"app.audit.{module}.BATCH", 3)
    assert log.seal().seals == 3
    report = log.verify()
    assert report.is_whole and report.events == 7
