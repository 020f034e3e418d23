"""A database of its own in which the lead of Vantaa prepares moves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.db.base import db
from app.imports.models import ImportBatch
from tests.imports.workspace.leading import Lead
from tests.support.app import make_app, prepare


@pytest.fixture(scope="package")
def workspace_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = make_app(tmp_path_factory.mktemp("workspace"))
    prepare(app, 40)
    return app


@pytest.fixture
def bengt(workspace_app: Flask) -> Iterator[Lead]:
    """Team lead in municipality A, who reads Finnish here."""
    found = Lead(workspace_app)
    found.sign_in("bengt")
    found.get("/lang/fi")
    yield found
    with workspace_app.app_context(), system_scope():
        for batch in db.session.scalars(select(ImportBatch)):
            db.session.delete(batch)
        db.session.commit()
