"""Two thousand invented clients as they are on one fixed day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.db.base import db
from tests.support.app import make_app, prepare

ON = date(2026, 11, 2)


@pytest.fixture(scope="session")
def demo_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = make_app(tmp_path_factory.mktemp("demo"))
    prepare(app, 2000, ON)
    return app


@pytest.fixture(scope="session")
def rows(demo_app: Flask) -> Callable[[Any], list[Any]]:
    """Give every row of a model, read once and for reading only."""

    @cache
    def all_of(model: Any) -> list[Any]:
        with demo_app.app_context(), system_scope():
            found = list(db.session.scalars(select(model)))
            db.session.expunge_all()
            return found

    return all_of
