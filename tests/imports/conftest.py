"""An application that knows the languages and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel

import app as whole
from app.imports.mapping.vocabulary import Vocabulary, vocabulary_of
from app.imports.specification.catalogue import catalogue
from app.web.language import DATE_FORMATS


@pytest.fixture(scope="session")
def speaking() -> Flask:
    app = Flask("speaking")
    babel = Babel(app, default_translation_directories=str(Path(whole.__file__).parents[1] / "translations"))
    babel.date_formats |= DATE_FORMATS
    return app


@pytest.fixture
def in_app(speaking: Flask) -> Iterator[None]:
    with speaking.app_context():
        yield


@pytest.fixture(scope="session")
def vocabulary(speaking: Flask) -> Vocabulary:
    with speaking.app_context():
        return vocabulary_of(catalogue())
