"""Applications for tests: prepared as an operator prepares them, with the standing cast and a few clients."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import event

from app import create_app
from app.access.actor import system_scope
from app.db.base import db
from app.demo.accounts import DEMO_PASSWORD, load_accounts
from app.demo.load import load_clients
from app.organisations.load import load_organisations
from app.users.sync import sync_security
from config import load_settings

MIGRATIONS = str(Path(__file__).parents[2] / "migrations")


def make_app(instance: Path, url: str | None = None, **overrides: Any) -> Flask:
    """Make an application over its own instance folder."""
    env = {"KOTO_INSTANCE_DIR": str(instance)} | ({"KOTO_DATABASE_URL": url} if url else {})
    return create_app(load_settings(env), **{"RATELIMIT_ENABLED": False, "TESTING": False, **overrides})


def prepare(app: Flask, clients: int, on: date | None = None) -> None:
    """Migrate and load, as `make run` does; `on` another day than today."""
    with app.app_context(), system_scope():
        upgrade(directory=MIGRATIONS)
        sync_security(app)
        load_organisations(db.session)
        load_accounts(db.session)
        load_clients(db.session, clients, 7, on)


class Browser:
    """A test client that fills forms as a browser does: token and hidden fields from the page before."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.page: Any = None

    def get(self, path: str, **kwargs: Any) -> Any:
        self.page = self.client.get(path, **kwargs)
        return self.page

    def post(self, path: str, **fields: Any) -> Any:
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.page.text)
        values = {"csrf_token": token.group(1) if token else "", **fields}
        seen = re.search(r'name="_version"[^>]*value="(\d+)"', self.page.text)
        if seen:
            values.setdefault("_version", seen.group(1))
        self.page = self.client.post(path, data=values)
        return self.page

    def sign_in(self, username: str, password: str = DEMO_PASSWORD) -> Browser:
        self.get("/login/")
        assert self.post("/login/", username=username, password=password).status_code == 303
        self.get("/")
        return self


@contextmanager
def counted_statements(app: Flask) -> Iterator[list[str]]:
    """Collect the statements the database is sent in the block."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)
