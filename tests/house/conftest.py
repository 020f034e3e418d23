"""What the laws about pages share: an installation with every kind of row, and its pages as each person meets them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from app.access.actor import system_scope
from app.db.base import db
from tests.support.app import make_app
from tests.support.crawler import Crawler, Met
from tests.support.examples import example_installation, typed_texts

Crawled = Callable[[str | None, str], list[Met]]


@pytest.fixture(scope="session")
def example_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with invented clients and the examples; tests work on copies of it."""
    return example_installation(tmp_path_factory.mktemp("examples"))


@pytest.fixture(scope="session")
def typed(example_folder: Path) -> frozenset[str]:
    """What stands for people's own texts in that installation."""
    app = make_app(example_folder)
    with app.app_context(), system_scope():
        return typed_texts(db.session)


@pytest.fixture(scope="session")
def crawled(example_folder: Path) -> Crawled:
    """Give the pages a person meets in a language; each crawl has its own copy, as it saves and deletes."""

    @cache
    def crawl(username: str | None, language: str) -> list[Met]:
        copy = example_folder.with_name(f"{username}-{language}")
        shutil.copytree(example_folder, copy)
        return Crawler(make_app(copy), username, language).crawl()

    return crawl
