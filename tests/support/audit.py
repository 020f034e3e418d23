"""A log of its own for tests that attack it: written by the application, sealed, and changed behind its back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Connection, create_engine, make_url, select, text

from app import create_app
from app.access.actor import system_scope
from app.audit.access import audit_engine, current_anchor
from app.audit.content import current_keys
from app.audit.findings import Report
from app.audit.models import AuditEvent, AuditEventClient
from app.audit.record import record_event
from app.audit.seal import Sealed, seal_waiting
from app.audit.verify import verify
from app.db.base import db
from app.db.types import new_id
from config import load_settings
from tests.support.app import MIGRATIONS, make_app
from tests.support.postgres import Postgres

TABLES = ("audit_event_client", "audit_event", "audit_seal", "audit_sealed_event")


class Log:
    """The log of an application, and ways behind its back."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def write(self, number: int, *, clients: int = 2) -> None:
        """Write events in a transaction each."""
        with self.app.app_context(), system_scope():
            for at in range(number):
                record_event(db.session, "client:listed", client_ids=[new_id() for _client in range(clients)], row_id=new_id(), hits=at)
                db.session.commit()

    def seal(self, **options: Any) -> Sealed:
        with self.app.app_context():
            return seal_waiting(audit_engine(), current_keys(), current_anchor(), **options)

    def verify(self) -> Report:
        with self.app.app_context():
            return verify(audit_engine(), current_keys(), current_anchor())

    def kinds(self) -> list[str]:
        """Verify, and give the kinds of what was found."""
        return [found.kind for found in self.verify().findings]

    def ids(self) -> list[str]:
        """Give the keys of the sealed events in their order."""
        with self.attack() as connection:
            return list(connection.scalars(text("SELECT event_id FROM audit_sealed_event ORDER BY place")))

    def reset(self) -> None:
        """Empty the log and begin a new anchor, as after the migration."""
        with self.attack() as connection:
            for table in TABLES:
                connection.execute(text(f"DELETE FROM {table}"))
            connection.execute(text("UPDATE audit_head SET number = 0"))
        self.app.config["KOTO"].audit_anchor.unlink(missing_ok=True)

    @contextmanager
    def attack(self) -> Iterator[Connection]:
        """Give a connection past the application, its rights and the triggers."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the database."""
        with self.app.app_context():
            db.engine.dispose()
            audit_engine().dispose()

    def copy(self) -> Any:
        """Keep the database as it is now."""
        raise NotImplementedError

    def restore(self, copy: Any) -> None:
        """Put an old copy in its place; the anchor stays, since it is no part of the database."""
        raise NotImplementedError


class SqliteLog(Log):
    def __init__(self, folder: Path) -> None:
        super().__init__(make_app(folder))
        self.file = folder / "koto.db"
        _migrate(self.app)

    @contextmanager
    def attack(self) -> Iterator[Connection]:
        engine = create_engine(f"sqlite:///{self.file}")
        with engine.begin() as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            triggers = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
            for name, _sql in triggers:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            yield connection
            for _name, sql in triggers:
                connection.exec_driver_sql(sql)
        engine.dispose()

    def copy(self) -> Path:
        self.close()
        return Path(shutil.copy(self.file, self.file.with_name("copy.db")))

    def restore(self, copy: Path) -> None:
        self.close()
        for rest in self.file.parent.glob("koto.db-*"):
            rest.unlink()
        shutil.copy(copy, self.file)


class PostgresLog(Log):
    """The serving role writes; the keeper of the log seals and verifies; a superuser attacks."""

    def __init__(self, folder: Path, server: Postgres) -> None:
        self.server, self.name = server, server.new_database()
        _migrate(make_app(folder, server.url("koto_owner", self.name)))
        env = {"KOTO_INSTANCE_DIR": str(folder), "KOTO_DATABASE_URL": server.url("koto_web", self.name),
               "KOTO_AUDIT_DATABASE_URL": server.url("koto_log", self.name)}  # fmt: skip
        super().__init__(create_app(load_settings(env), RATELIMIT_ENABLED=False))

    @contextmanager
    def attack(self) -> Iterator[Connection]:
        engine = create_engine(self.server.url("postgres", self.name))
        with engine.begin() as connection:
            connection.exec_driver_sql("SET session_replication_role = replica")
            yield connection
        engine.dispose()

    def _clone(self, name: str, template: str) -> None:
        self.close()
        with self.server.admin() as admin:
            # A database that is copied must be at rest, whoever else a test let in.
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [template])
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            admin.execute(f"CREATE DATABASE {name} OWNER koto_owner TEMPLATE {template}")

    def copy(self) -> str:
        self._clone(f"{self.name}_copy", self.name)
        return f"{self.name}_copy"

    def restore(self, copy: str) -> None:
        self._clone(self.name, copy)


def _migrate(app: Flask) -> None:
    """Make the tables, and leave no connection behind: a database that is copied must be at rest."""
    with app.app_context(), system_scope():
        upgrade(directory=MIGRATIONS)
        db.session.remove()
        db.engine.dispose()


@dataclass(frozen=True)
class Recorded:
    """An event as it stands in the database, with the clients it touched."""

    name: str
    outcome: str
    purpose: str
    role: str | None
    user_id: int | None
    organisation_id: str | None
    row_id: str | None
    row_version: int | None
    fields: str | None
    criteria: str | None
    hits: int | None
    request_id: str | None
    clients: list[str]


def _owner(app: Flask) -> Any:
    """Give an engine that may read the log, whatever role the application serves as."""
    url = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    return create_engine(url.set(username="postgres") if url.get_backend_name() == "postgresql" else url)


def events_in(app: Flask) -> list[tuple[str, Recorded]]:
    """Give (key, event) of every event, the oldest first."""
    engine, names = _owner(app), [name for name in Recorded.__annotations__ if name != "clients"]
    event, client = AuditEvent.__table__, AuditEventClient.__table__
    with engine.connect() as connection:
        clients: dict[str, list[str]] = {}
        for event_id, client_id in connection.execute(select(client.c.event_id, client.c.client_id)):
            clients.setdefault(event_id, []).append(client_id)
        rows = connection.execute(select(event).order_by(event.c.at, event.c.id)).all()
    engine.dispose()
    return [(row.id, Recorded(**{name: getattr(row, name) for name in names}, clients=sorted(clients.get(row.id, [])))) for row in rows]


@contextmanager
def recorded(app: Flask) -> Iterator[Callable[[], list[Recorded]]]:
    """Give what tells the events that were written since the block began."""
    before = {key for key, _event in events_in(app)}
    yield lambda: [event for key, event in events_in(app) if key not in before]
