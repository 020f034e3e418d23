"""Two real directories of different schema, and an application that can know both as rows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.support.app import make_app, prepare
from tests.support.directories import Directories
from tests.support.slapd import Slapd
from tests.support.slapd_ad import AdSlapd


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slapd]:
    """The directory of vantaa.example, with inetOrgPerson."""
    with Slapd(tmp_path_factory.mktemp("people")) as server:
        yield server


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AdSlapd]:
    """The directory of porvoo.example, with Active Directory's names."""
    with AdSlapd(tmp_path_factory.mktemp("users")) as server:
        yield server


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = make_app(tmp_path_factory.mktemp("app"))
    prepare(app, 40)
    return app


@pytest.fixture
def directories(app: Flask) -> Iterator[Directories]:
    found = Directories(app)
    yield found
    found.clear()


@pytest.fixture
def mortal(people: Slapd, users: AdSlapd) -> Iterator[None]:
    """Brings both servers back after a test that froze or killed one."""
    yield
    for server in (people, users):
        server.stop()
        server.start()
