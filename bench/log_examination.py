"""What a run of every kind of rule over 50,000 events costs on each database: `python -m bench.log_examination`."""

from __future__ import annotations

import tempfile
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import event, insert, select

from app.access.actor import system_scope
from app.audit.models import AuditEvent, AuditEventClient
from app.clients.models import Client
from app.db.base import db
from app.db.types import new_id, now
from app.examinations.models import LogFinding, LogFindingReading, LogRule
from app.examinations.rules import NEEDS
from app.examinations.run import run_rules
from app.organisations.models import organisation_key
from app.users.models import AccessGrant
from tests.support.app import make_app, prepare
from tests.support.postgres import Postgres

EVENTS, CLIENTS, DAYS = 50_000, 5_000, 7
NUMBERS = {"days": 7, "most_clients": 200, "from_hour": 6, "to_hour": 20, "sample_size": 5}
VANTAA = organisation_key("MUNICIPALITY", "092")


def fill(session: Any) -> None:
    """Write a week of readings by Vantaa's people, and a rule of each kind."""
    luck = Random(1)  # noqa: S311
    clients = list(session.scalars(select(Client.id).where(Client.org_id == VANTAA)))
    people = list(session.execute(select(AccessGrant.user_id, AccessGrant.role).where(AccessGrant.organisation_id == VANTAA)))
    start = datetime.combine(now().date() - timedelta(days=2 * DAYS), time(), ZoneInfo("Europe/Helsinki"))
    events, touched = [], []
    for _number in range(EVENTS):
        user_id, role = luck.choice(people)
        key, at = new_id(), start + timedelta(seconds=luck.randrange(DAYS * 86_400))
        events.append({"id": key, "at": at, "name": "client:read", "user_id": user_id, "role": role, "organisation_id": VANTAA,
                       "purpose": "INTEGRATION_SERVICE", "outcome": "DONE"})  # fmt: skip
        touched.append({"event_id": key, "client_id": luck.choice(clients)})
    session.execute(insert(AuditEvent.__table__), events)
    session.execute(insert(AuditEventClient.__table__), touched)
    for kind, names in NEEDS.items():
        session.add(
            LogRule(kind=kind, org_id=VANTAA, owner_id=people[0][0], look_back_days=2 * DAYS, **{name: NUMBERS[name] for name in names})
        )
    session.commit()


def measure(name: str, app: Flask) -> None:
    """Prepare, fill, and tell the time and the statements of one run."""
    prepare(app, CLIENTS)
    sent: list[str] = []
    with app.app_context(), system_scope():
        fill(db.session)
        event.listen(db.engine, "before_cursor_execute", lambda *about: sent.append(about[2]))
        before = perf_counter()
        made = run_rules(db.session, now().date())
        took = perf_counter() - before
        statements = len(sent)
        findings, readings = (db.session.query(model).count() for model in (LogFinding, LogFindingReading))
    print(f"{name}: {EVENTS} events, {len(made)} rules: {took:.1f} s, {statements} statements, {findings} findings on {readings} readings")


def main() -> None:
    """Measure on SQLite and on PostgreSQL."""
    server = Postgres()
    server.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            for name, url in (("SQLite", None), ("PostgreSQL", server.url("koto_owner", server.new_database()))):
                place = Path(folder, name)
                place.mkdir()
                measure(name, make_app(place, url))
    finally:
        server.stop()


if __name__ == "__main__":
    main()
