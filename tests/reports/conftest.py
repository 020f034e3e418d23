"""A municipality to fill, on each database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app.access.actor import system_scope
from app.db.base import db
from tests.support.app import make_app, prepare
from tests.support.postgres import Postgres
from tests.support.town import Town


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def empty_app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application without clients that works as the owner of the tables, as figures are written."""
    url = None
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        url = server.url("koto_owner", server.new_database())
    made = make_app(tmp_path_factory.mktemp("empty"), url)
    prepare(made, 0)
    return made


@pytest.fixture
def town(empty_app: Flask) -> Iterator[Town]:
    with empty_app.app_context(), system_scope():
        yield Town(db.session)
        db.session.rollback()
