"""A register on each database, and one with a row of every kind under some clients."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from app.access.actor import system_scope
from app.db.base import db
from app.demo.examinations import load_examinations
from tests.support.app import make_app, prepare
from tests.support.examples import example_installation


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def register(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application as the owner of the tables, who deletes."""
    folder: Path = tmp_path_factory.mktemp("retention")
    url = None
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        url = server.url("koto_owner", server.new_database())
    found = make_app(folder, url)
    prepare(found, 300)
    with found.app_context(), system_scope():
        load_examinations(db.session, date.today())
        db.session.commit()
    return found


@pytest.fixture(scope="module")
def full_register(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The register of the examples; what the database deletes along is the same on both."""
    return make_app(example_installation(tmp_path_factory.mktemp("full")))
