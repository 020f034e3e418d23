"""Kaisa of the national agency at the pages of what all organisations share, over a database of its own."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.access.actor import system_scope
from app.codes.keeping import keep_up_now
from app.db.base import db
from tests.support.app import Browser, make_app, prepare
from tests.support.form import typed

CONFIRMED = {"_confirmed": "y"}
# As many as other tests load, so that their database is copied.
CLIENTS = 40


class Keeper(Browser):
    """Fills a form as a person does, confirming what it asks to."""

    def fill(self, path: str, **values: Any) -> Any:
        fields = typed(self.get(path), **values)
        self.page = self.client.post(path, data=fields | CONFIRMED)
        return self.page


def stored(app: Flask, query: Any) -> list[Any]:
    """Give rows as the database holds them."""
    with app.app_context(), system_scope():
        return [tuple(row) for row in db.session.execute(query)]


def in_system(app: Flask, work: Any) -> Any:
    """Do some work as the clock does it, and give what it gives."""
    with app.app_context(), system_scope():
        keep_up_now(db.session)
        found = work(db.session)
        db.session.commit()
        return found


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def apps(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Flask]:
    """Give two applications over one database, as two processes have them: the one that serves, and the owner's."""
    folder = tmp_path_factory.mktemp("care")
    if request.param == "sqlite":
        owner = make_app(folder)
        prepare(owner, CLIENTS)
        return make_app(folder), owner
    server = request.getfixturevalue("postgres")
    name = server.new_database()
    owner = make_app(folder, server.url("koto_owner", name))
    prepare(owner, CLIENTS)
    return make_app(folder, server.url("koto_web", name)), owner


@pytest.fixture(scope="module")
def app(apps: tuple[Flask, Flask]) -> Flask:
    return apps[0]


@pytest.fixture(scope="module")
def owner(apps: tuple[Flask, Flask]) -> Flask:
    return apps[1]


@pytest.fixture(scope="module")
def kaisa(app: Flask) -> Keeper:
    return signed_in(app, "kaisa")


def signed_in(app: Flask, username: str) -> Keeper:
    keeper = Keeper(app)
    keeper.sign_in(username)
    return keeper
