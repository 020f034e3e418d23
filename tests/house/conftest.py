"""What the laws about pages share: an installation with every kind of row, and its pages as each person meets them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from app.access.actor import system_scope
from app.db.base import db
from tests.support.app import make_app
from tests.support.crawler import Crawled, Met, crawl
from tests.support.examples import example_installation, typed_texts
from tests.support.tour import PEOPLE

LANGUAGES = ("fi", "sv")
TOLD = pytest.StashKey[list[str]]()


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


def _quiet() -> None:
    """Leave the log of a crawl unwritten; it would stand under whatever test runs meanwhile."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)


@pytest.fixture(scope="session")
def crawled(example_folder: Path) -> Iterator[Crawled]:
    """Give the pages a person meets in a language; the first question begins the crawls of the tour, a processor for each."""
    begun: dict[tuple[str | None, str], Future[list[Met]]] = {}
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn"), initializer=_quiet) as pool:

        def pages(username: str | None, language: str) -> list[Met]:
            for who in PEOPLE if username in PEOPLE else (username,):
                for code in LANGUAGES:
                    if (who, code) not in begun:
                        begun[who, code] = pool.submit(crawl, example_folder, who, code)
            return begun[username, language].result()

        yield pages


@pytest.fixture(scope="session")
def tell(request: pytest.FixtureRequest) -> list[str]:
    """Lines that the end of the run prints, passed or not."""
    return request.config.stash.setdefault(TOLD, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in terminalreporter.config.stash.get(TOLD, []):
        terminalreporter.write_line(line)
