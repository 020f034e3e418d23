"""A municipality of its own on a database of its own, and batches of invented records."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.imports.engine.bringing import Bringer
from tests.support.app import make_app, prepare


@pytest.fixture(scope="package")
def moving_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = make_app(tmp_path_factory.mktemp("moving"))
    prepare(app, 40)
    return app


@pytest.fixture
def bringer(moving_app: Flask) -> Iterator[Bringer]:
    """Brings batches as a municipality that has no client yet; what it brought is taken away afterwards."""
    with moving_app.app_context():
        found = Bringer()
        yield found
        found.clear()


@pytest.fixture(params=["moving_app", "postgres_app"])
def either(request: pytest.FixtureRequest) -> Iterator[Bringer]:
    """The same on each database, on PostgreSQL as the role without rights over the tables."""
    app: Flask = request.getfixturevalue(request.param)
    with app.app_context():
        found = Bringer()
        yield found
        found.clear()
