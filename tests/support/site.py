"""A served application, the database under it, and what the tests of faults do with both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from tests.support.server import Server, until
from tests.support.visitor import Answer, Visitor

UNAVAILABLE = {"fi": "Palvelu ei ole juuri nyt käytettävissä", "sv": "Tjänsten är inte tillgänglig just nu"}
IN_DOUBT = {"fi": "Ei ole varmaa, tallentuiko muutoksesi", "sv": "Det är inte säkert om din ändring sparades"}
NOT_SAVED = {"fi": "Mitään ei tallennettu", "sv": "Ingenting sparades"}
USERS = {"fi": "aino", "sv": "bengt"}
_WAITING = text("SELECT client_port FROM pg_stat_activity WHERE usename = 'koto_web' AND (wait_event_type = 'Lock' OR wait_event = 'SyncRep')")


def sqlite_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'koto.db'}"


def assert_told(answer: Answer, language: str) -> None:
    """Check that the page is ours, in the reader's language, and names a time to come back."""
    assert answer.status == 503
    assert f'<html lang="{language}"' in answer.text
    assert UNAVAILABLE[language] in answer.text
    assert int(answer.headers["Retry-After"]) > 0


@dataclass(frozen=True)
class Site:
    """`url` opens the database past the application."""

    server: Server
    url: str

    def visitor(self, language: str = "fi") -> Visitor:
        return Visitor(self.server.address).sign_in(USERS[language])

    def numbers(self) -> dict[str, int]:
        """Count the rows a new entry writes: the entry itself and its event with the client."""
        rows = {"entries": "SELECT count(*) FROM note", "events": "SELECT count(*) FROM audit_event WHERE name = 'note:added'",
                "touched": "SELECT count(*) FROM audit_event_client JOIN audit_event ON audit_event.id = event_id WHERE name = 'note:added'"}  # fmt: skip
        with self.connected() as connection:
            return {name: connection.scalar(text(query)) for name, query in rows.items()}

    def waiting_port(self) -> int:
        """Wait until one worker waits for the database, and give the port it is connected from."""
        with self.connected() as watcher:
            (port,) = until(lambda: watcher.scalars(_WAITING).all() or watcher.rollback())
        return int(port)

    @contextmanager
    def connected(self) -> Iterator[Any]:
        engine = create_engine(self.url)
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()

    @contextmanager
    def entry_being_saved(self, visitor: Visitor, content: str) -> Iterator[tuple[Future[Answer], int]]:
        """Hold a request at its last statement, when the entry and its event are written but not committed.

        Gives the request and the port its worker is connected from; the request goes on when the block ends.
        """
        form = Entry(visitor)
        with ThreadPoolExecutor(1) as pool, self.connected() as holder:
            holder.execute(text("LOCK TABLE audit_event_client IN ACCESS EXCLUSIVE MODE"))
            request = pool.submit(form.save, content)
            try:
                yield request, self.waiting_port()
            finally:
                # A test may have stopped the database meanwhile.
                with suppress(OperationalError):
                    holder.rollback()


def client_in(page: str) -> str:
    """Give the key of the first client of a list."""
    key = re.search(r"/clients/show/([0-9a-f-]{36})", page)
    assert key is not None
    return key.group(1)


class Entry:
    """The form of a new entry on a client, opened."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.path = f"/notes/add?client={client_in(visitor.get('/clients/list/').text)}"
        self.hidden = visitor.get(self.path).hidden_fields

    def save(self, content: str) -> Answer:
        return self.visitor.post(self.path, **self.hidden, kind="CALL", entry_date="2026-10-01", content=content)


def saved_again(visitor: Visitor, refused: Answer) -> Answer:
    """Press the one button of the page that told the fault."""
    action = re.search(r'<form[^>]*method="post" action="(/notes/[^"]*)"', refused.text)
    assert action is not None
    return visitor.post(action.group(1).replace("&amp;", "&"), **refused.hidden_fields)
