"""What sealing and verifying a million events costs on PostgreSQL: `python -m bench.audit`.

The events are made as the application makes them, marks and all, and are copied in; five clients on average, as lists and
pages of one client bring them. Memory is this process's own, before and after; it must not grow with the log.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import psycopg
from flask_migrate import upgrade
from sqlalchemy import text

from app.access.actor import system_scope
from app.audit.access import audit_engine, current_anchor
from app.audit.content import Keys, canonical, current_keys
from app.audit.models import AuditEvent
from app.audit.record import record_event
from app.audit.seal import seal_waiting
from app.audit.verify import verify
from app.db.base import db
from app.db.types import new_id
from tests.support.app import MIGRATIONS, make_app
from tests.support.postgres import Postgres

EVENTS, MOST_SECONDS = 1_000_000, 60.0
# (share of the events, name, clients it touches)
_KINDS = ((0.55, "client:read", 1), (0.12, "client:listed", 25), (0.08, "client:searched", 12), (0.25, "note:changed", 1))
_COLUMNS = [column.name for column in AuditEvent.__table__.columns]


def made(number: int, keys: Keys) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Make events over a year, each with the clients it touched."""
    draw, start = random.Random(1), datetime(2026, 1, 1, tzinfo=UTC)  # noqa: S311 -- nothing secret
    clients = [new_id() for _client in range(50_000)]
    users, organisations = range(1, 3000), [new_id() for _organisation in range(300)]
    for at in range(number):
        _share, name, most = draw.choices(_KINDS, [kind[0] for kind in _KINDS])[0]
        touched = sorted(draw.sample(clients, most))
        event = dict.fromkeys(_COLUMNS) | {
            "id": new_id(), "at": start + timedelta(microseconds=at * 31_000_000), "name": name, "user_id": draw.choice(users), "role": "CASEWORKER",
            "organisation_id": draw.choice(organisations), "purpose": "INTEGRATION_SERVICE", "outcome": "DONE", "request_id": new_id(),
            "row_id": touched[0] if most == 1 else None, "row_version": 3 if most == 1 else None, "hits": None if most == 1 else 412,
            "fields": "content,kind" if name == "note:changed" else None, "criteria": "name" if name == "client:searched" else None,
        }  # fmt: skip
        event["mark"] = keys.mark(canonical(event, touched))
        yield event, touched


def fill(url: str, keys: Keys, number: int) -> int:
    """Copy the events in; gives the number of their clients."""
    pairs = 0
    with psycopg.connect(url.replace("+psycopg", "")) as connection, tempfile.TemporaryFile("w+") as rest:
        with connection.cursor().copy(f"COPY audit_event ({', '.join(_COLUMNS)}) FROM STDIN") as copy:
            for event, touched in made(number, keys):
                copy.write_row([event[name] for name in _COLUMNS])
                rest.writelines(f"{event['id']}\t{client}\n" for client in touched)
                pairs += len(touched)
        rest.seek(0)
        with connection.cursor().copy("COPY audit_event_client (event_id, client_id) FROM STDIN") as copy:
            while part := rest.read(1_000_000):
                copy.write(part)
    return pairs


def megabytes() -> int:
    """Give what this process has used at most, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measured(name: str, work: Callable[[], Any]) -> tuple[Any, float]:
    before, start = megabytes(), perf_counter()
    found, seconds = work(), perf_counter() - start
    print(f"| {name} | {seconds:.1f} | {before} | {megabytes()} |", flush=True)
    return found, seconds


def written(number: int = 300) -> float:
    """Give the milliseconds of recording and committing an event with a client, the median of `number`."""
    times = []
    for _event in range(number):
        start = perf_counter()
        record_event(db.session, "client:read", client_ids=[new_id()], row_id=new_id(), version=1)
        db.session.commit()
        times.append((perf_counter() - start) * 1000)
    return sorted(times)[number // 2]


def main() -> int:
    """Fill, seal, verify and print; 1 when the chain is not whole or verifying takes longer than `MOST_SECONDS`."""
    server = Postgres()
    server.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            app = make_app(Path(folder), server.url("koto_owner", server.new_database()))
            with app.app_context(), system_scope():
                upgrade(directory=MIGRATIONS)
                engine, keys, anchor = audit_engine(), current_keys(), current_anchor()
                pairs = fill(app.config["SQLALCHEMY_DATABASE_URI"], keys, EVENTS)
                with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    connection.execute(text("VACUUM ANALYZE audit_event, audit_event_client"))
                    size = connection.scalar(text("SELECT pg_size_pretty(pg_database_size(current_database()))"))
                print(f"{date.today()}, {EVENTS} events with {pairs} clients, {size}, {os.cpu_count()} processors\n")
                print("| what | seconds | MB before | MB after |\n|---|---|---|---|")
                done, _seconds = measured("seal", lambda: seal_waiting(engine, keys, anchor, everything=True))
                report, seconds = measured("verify", lambda: verify(engine, keys, anchor))
                print(f"\nseals: {done.seals}, findings: {report.number}, event written and committed: {written():.2f} ms (median)")
        return int(not report.is_whole or report.events != EVENTS or seconds > MOST_SECONDS)
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main())
