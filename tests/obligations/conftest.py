"""The register of each database, and what is stored of a client, for tests of obligations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.db.base import db
from app.obligations.derive import FIELDS
from app.obligations.models import ClientObligation
from tests.support.app import make_app, prepare
from tests.support.plan_form import in_vantaa
from tests.support.postgres import Postgres

CLIENTS = 40


@dataclass(frozen=True)
class Register:
    """An application of the owner of the tables, and how its command is started elsewhere."""

    app: Flask
    env: dict[str, str]

    def content(self) -> list[tuple[Any, ...]]:
        """Give all that is stored, keys included."""
        with self.app.app_context(), system_scope():
            columns = [getattr(ClientObligation, name) for name in ("client_id", *FIELDS, "id")]
            rows = [tuple(row) for row in db.session.execute(select(*columns))]
            db.session.rollback()
        return sorted(rows, key=repr)

    def run(self, *arguments: str) -> Any:
        return self.app.test_cli_runner().invoke(args=["deadlines", *arguments])

    def change(self, work: Callable[[Any], Any]) -> Any:
        """Do something with the tables behind the application's back."""
        with self.app.app_context(), system_scope(), db.engine.begin() as connection:
            return work(connection)


@pytest.fixture(scope="package", params=["sqlite", "postgresql"])
def register(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Register:
    folder: Path = tmp_path_factory.mktemp("register")
    env = {"KOTO_INSTANCE_DIR": str(folder)}
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        env["KOTO_DATABASE_URL"] = server.url("koto_owner", server.new_database())
    app = make_app(folder, env.get("KOTO_DATABASE_URL"))
    prepare(app, CLIENTS)
    return Register(app, env)


def stored(app: Flask, client_id: str, rule: str) -> list[tuple[date, str]]:
    """Give day and state of the obligations of a rule of a client in Vantaa."""
    with in_vantaa(app) as session:
        query = select(ClientObligation.due_on, ClientObligation.state).where(ClientObligation.client_id == client_id, ClientObligation.rule == rule)
        found = [(row.due_on, row.state) for row in session.execute(query.order_by(ClientObligation.due_on))]
        session.rollback()
        return found
