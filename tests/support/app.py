"""Applications for tests: prepared as an operator prepares them, with the standing cast and a few clients."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from shutil import copy2
from types import MappingProxyType
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import event, update
from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash

from app import create_app
from app.access.actor import system_scope
from app.db.base import db
from app.demo.accounts import DEMO_PASSWORD, load_accounts
from app.demo.load import load_clients
from app.organisations.load import load_organisations
from app.users.sync import sync_security
from config import load_settings
from tests.support.once import made_once
from tests.support.snapshots import keep_database, put_back

MIGRATIONS = str(Path(__file__).parents[2] / "migrations")


class Ground:
    """Where a run of pytest keeps the databases that many tests begin with, and the keys they are written with; outside a run nothing is kept."""

    folder: Path | None = None


def make_app(instance: Path, url: str | None = None, settings: Mapping[str, str] = MappingProxyType({}), **overrides: Any) -> Flask:
    """Make an application over its own instance folder; `settings` are more of the environment."""
    if Ground.folder is not None:
        _give_keys(Ground.folder / "keys", instance)
    env = {"KOTO_INSTANCE_DIR": str(instance), "KOTO_JOBS": "off", **settings} | ({"KOTO_DATABASE_URL": url} if url else {})
    return create_app(load_settings(env), **{"RATELIMIT_ENABLED": False, "TESTING": False, **overrides})


def _give_keys(kept: Path, instance: Path) -> None:
    """A database that is copied is read with the keys it was written with."""
    made_once(kept, lambda new: load_settings({"KOTO_INSTANCE_DIR": str(new)}))
    instance.mkdir(parents=True, exist_ok=True)
    for key in kept.iterdir():
        if not (instance / key.name).exists():
            copy2(key, instance / key.name)


def prepare(app: Flask, clients: int, on: date | None = None) -> None:
    """Migrate and load, as `make run` does; `on` another day than today. What was loaded in this run already is copied."""
    if Ground.folder is None:
        load(app, clients, on)
        return
    environment = app.config["KOTO"].environment
    kept = Ground.folder / f"koto-{environment}-{clients}-{on or date.today()}"
    if put_back(app, kept):
        return
    ground = Ground.folder / f"koto-{environment}-ground"
    if not put_back(app, ground):
        _load_ground(app)
        keep_database(app, ground)
    _load_clients(app, clients, on)
    keep_database(app, kept)


def load(app: Flask, clients: int, on: date | None = None) -> None:
    """Migrate and load anew: for applications whose views or roles are not everybody's."""
    _load_ground(app)
    _load_clients(app, clients, on)


def _load_ground(app: Flask) -> None:
    with app.app_context(), system_scope():
        upgrade(directory=MIGRATIONS)
        sync_security(app)
        load_organisations(db.session)
        load_accounts(db.session)
        _make_quick_to_check(db.session)


def _load_clients(app: Flask, clients: int, on: date | None) -> None:
    with app.app_context(), system_scope():
        load_clients(db.session, clients, 7, on)


def _make_quick_to_check(session: Session) -> None:
    """Give the accounts the same password by a hash of little work: a fifth of a run was spent in checking it at each sign-in."""
    quick = generate_password_hash(DEMO_PASSWORD, "pbkdf2:sha256:1")
    session.execute(update(User).where(User.password.startswith("scrypt:")).values(password=quick))
    session.commit()


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
    with listening(app, lambda statement, _values: found.append(statement)):
        yield found


@contextmanager
def listening(app: Flask, hear: Callable[[str, Any], None]) -> Iterator[None]:
    """Let each statement that the database is sent in the block be heard, with its values."""

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        hear(statement, values)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", note)
