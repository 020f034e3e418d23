"""The application of a new entity, for the files that test what it gets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.support.school_app import reset_courses, school_app


@pytest.fixture(scope="module")
def prepared_school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with school_app(tmp_path_factory.mktemp("school")) as app:
        yield app


@pytest.fixture
def school(prepared_school: Flask) -> Flask:
    """The application with the same few courses before each test."""
    reset_courses(prepared_school)
    return prepared_school
