"""The application of a new entity, for the files that test what it gets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import delete

from app.access.actor import Scope, acting_scope
from app.clients.models import Client
from app.db.base import db
from tests.support.school_app import reset_courses, school_app
from tests.web.test_forms import BORN, VANTAA


@pytest.fixture(autouse=True)
def _nobody_added_before(request: pytest.FixtureRequest) -> None:
    """Take away the client of the forms that an earlier test has added: whoever adds the same person is asked about it."""
    for name in {"app", "sqlite_app"} & set(request.fixturenames):
        found: Flask = request.getfixturevalue(name)
        with found.app_context(), acting_scope(Scope(VANTAA)):
            db.session.execute(delete(Client).where(Client.birth_date == BORN))
            db.session.commit()


@pytest.fixture(scope="module")
def prepared_school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with school_app(tmp_path_factory.mktemp("school")) as app:
        yield app


@pytest.fixture
def school(prepared_school: Flask) -> Flask:
    """The application with the same few courses before each test."""
    reset_courses(prepared_school)
    return prepared_school
