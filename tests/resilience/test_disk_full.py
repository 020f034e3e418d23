"""The disk under SQLite fills up: nothing is half saved, nothing typed is lost, and room makes it work again.

The full disk is a limit of the size of files on the server's processes: the kernel refuses each write, to the
database as to the log, it needs no rights and no mount, and it can be lifted while the server runs. SQLite tells it
as an error of the disk; the page count below gives its own word for a full one.
"""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from app.db.base import db
from tests.support.app import Browser, make_app
from tests.support.server import Server
from tests.support.site import NOT_SAVED, Entry, Site, assert_told, client_in, saved_again


@contextmanager
def full_disk(server: Server) -> Iterator[None]:
    """Let no file of the server be written."""

    def limit(size: int) -> None:
        for pid in (server.process.pid, *server.workers):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    limit(0)
    try:
        yield
    finally:
        limit(resource.RLIM_INFINITY)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_what_was_typed_while_the_disk_was_full_is_saved_once_when_there_is_room(on_sqlite: Site, language: str) -> None:
    visitor, before = on_sqlite.visitor(language), on_sqlite.numbers()
    form = Entry(visitor)
    with full_disk(on_sqlite.server):
        refused = form.save("Täyden levyn aikana")
        assert_told(refused, language)
        assert NOT_SAVED[language] in refused.text
        assert on_sqlite.numbers() == before
    assert saved_again(visitor, refused).status == 303
    assert on_sqlite.numbers() == {name: count + 1 for name, count in before.items()}


def test_pages_without_an_event_are_served_from_a_full_disk_and_pages_of_clients_are_not(on_sqlite: Site) -> None:
    visitor = on_sqlite.visitor()
    shown = visitor.get("/clients/list/").text
    with full_disk(on_sqlite.server):
        assert [visitor.get(path).status for path in ("/healthz", "/login/", "/clients/add")] == [200] * 3
        for path in ("/", "/clients/list/", f"/clients/show/{client_in(shown)}"):
            page = visitor.get(path)
            assert_told(page, "fi")
            assert "/clients/show/" not in page.text
    assert visitor.get("/clients/list/").status == 200
    with on_sqlite.connected() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_sqlite_s_own_word_for_a_full_disk_is_told_the_same_way(sqlite_folder: Path) -> None:
    app, pages = make_app(sqlite_folder), ["1"]
    with app.app_context():
        engine = db.engine

    @event.listens_for(engine, "checkout")
    def limit(connection: sqlite3.Connection, *_rest: object) -> None:
        # SQLite takes a limit below the present size as the present size.
        connection.execute(f"PRAGMA max_page_count = {pages[0]}")

    aino = Browser(app).sign_in("aino")
    path = f"/notes/add?client={client_in(aino.get('/clients/list/').text)}"
    aino.get(path)
    typed = {"kind": "CALL", "entry_date": "2026-10-01", "content": "Pitkä kirjaus. " * 500}
    refused = aino.post(path, **typed)
    assert refused.status_code == 503
    assert typed["content"] in refused.text
    pages[0] = "1000000"
    assert aino.post(path, **typed).status_code == 303
