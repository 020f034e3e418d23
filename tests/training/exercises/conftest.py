"""A training environment of its own on each database, with few clients."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

from app.access.actor import system_scope
from app.db.base import db
from tests.support.app import make_app, prepare

TRAINING = {"KOTO_ENVIRONMENT": "training"}
CLIENTS = 60


@pytest.fixture(scope="module")
def trainee_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A training environment on SQLite."""
    app = make_app(tmp_path_factory.mktemp("training"), settings=TRAINING)
    prepare(app, CLIENTS)
    return app


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def training_app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A training environment on each database; on PostgreSQL it serves without rights over the tables and the log."""
    if request.param == "sqlite":
        found: Any = request.getfixturevalue("trainee_app")
        return found  # type: ignore[no-any-return]
    server, folder = request.getfixturevalue("postgres"), tmp_path_factory.mktemp("training-postgres")
    database = server.new_database()
    prepare(make_app(folder, server.url("koto_owner", database), TRAINING), CLIENTS)
    return make_app(folder, server.url("koto_web", database), TRAINING)


@contextmanager
def as_operator(app: Flask) -> Iterator[Any]:
    """Look into tables that belong to persons and no organisation."""
    with app.app_context(), system_scope():
        yield db.session


def key_of(app: Flask, username: str) -> int:
    with as_operator(app) as session:
        return int(session.scalars(select(User.id).where(User.username == username)).one())
