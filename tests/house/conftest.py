"""What the laws about pages share: an installation with every kind of row, and its pages as each person meets them."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from shutil import copytree

import pytest

from app.access.actor import system_scope
from app.db.base import db
from tests.support.app import make_app
from tests.support.crawler import Crawled, Met, crawl
from tests.support.examples import example_installation, typed_texts
from tests.support.once import collect_seldom, made_once, pickled_once, processors, run_folder
from tests.support.tour import PEOPLE, people_in

LANGUAGES = ("fi", "sv")
TOLD = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance folder with invented clients and the examples that all workers copy; nobody serves it."""
    folder = run_folder(tmp_path_factory) / "examples"
    made_once(folder, _make_examples)
    return folder / "instance"


def _make_examples(folder: Path) -> None:
    folder.mkdir()
    example_installation(folder)


@pytest.fixture(scope="session")
def example_folder(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of that folder to serve."""
    return Path(copytree(examples, tmp_path_factory.mktemp("examples") / "instance"))


@pytest.fixture(scope="session")
def typed(example_folder: Path) -> frozenset[str]:
    """What stands for people's own texts in that installation."""
    app = make_app(example_folder)
    with app.app_context(), system_scope():
        return typed_texts(db.session)


def _begin() -> None:
    """Leave the log of a crawl unwritten; it would stand under whatever test runs meanwhile."""
    collect_seldom()
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)


def _file(folder: Path, who: str | None, language: str) -> Path:
    return folder.parent / f"met-{who}-{language}"


def _crawl_free(folder: Path, people: tuple[str | None, ...]) -> None:
    """Crawl what no other process of this run has crawled or is crawling."""
    for language in LANGUAGES:
        for who in people_in(language, people):
            pickled_once(_file(folder, who, language), partial(crawl, folder, who, language), wait=False)


def _crawl_one(folder: Path, who: str | None, language: str) -> None:
    pickled_once(_file(folder, who, language), partial(crawl, folder, who, language))


@pytest.fixture(scope="session")
def crawled(examples: Path) -> Iterator[Crawled]:
    """Give the pages a person meets in a language; the first question begins the crawls of the tour, which the workers of a run divide."""
    read: dict[tuple[str | None, str], list[Met]] = {}
    begun: list[Future[None]] = []
    with ProcessPoolExecutor(processors(), mp_context=get_context("spawn"), initializer=_begin) as pool:

        def pages(username: str | None, language: str) -> list[Met]:
            if (username, language) not in read:
                if username in PEOPLE and not begun:
                    begun.extend(pool.submit(_crawl_free, examples, PEOPLE) for _processor in range(processors()))
                if not _file(examples, username, language).exists():
                    for work in begun if username in PEOPLE else ():
                        work.result()
                    pool.submit(_crawl_one, examples, username, language).result()
                read[username, language] = pickle.loads(_file(examples, username, language).read_bytes())
            return read[username, language]

        yield pages
        # A process that ends in order takes its applications apart, for seconds; the others end with the first.
        pool.submit(os._exit, 0)


@pytest.fixture(scope="session")
def tell(request: pytest.FixtureRequest) -> list[str]:
    """Lines that the end of the run prints, passed or not."""
    return request.config.stash.setdefault(TOLD, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in terminalreporter.config.stash.get(TOLD, []):
        terminalreporter.write_line(line)
