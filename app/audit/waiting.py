"""Events that no seal holds yet, and whether the application wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, tuple_

from app.audit.content import Keys, canonical
from app.audit.models import AuditEvent, AuditEventClient, AuditSealedEvent

# Events read at a time, and those of a seal at most.
BATCH = 2000
_event, _client, _sealed = AuditEvent.__table__, AuditEventClient.__table__, AuditSealedEvent.__table__
_WAITING = (
    select(_event)
    .where(~select(_sealed.c.event_id).where(_sealed.c.event_id == _event.c.id).exists())
    .order_by(_event.c.at, _event.c.id)
)


@dataclass(frozen=True)
class Waiting:
    """An event without a seal, the bytes it would be sealed by, and whether the application wrote it so."""

    row: Row[Any]
    content: bytes
    is_genuine: bool


def waiting_batch(connection: Connection, keys: Keys, *, has_marks: bool, since: datetime | None = None,
                  after: Row[Any] | None = None) -> list[Waiting]:  # fmt: skip
    """Give up to `BATCH` events without a seal, oldest first, from `since` on and after the event `after`.

    Events from before the marks have none; with `has_marks`, or once one with a mark has come, one without is not genuine.
    """
    query = _WAITING if since is None else _WAITING.where(_event.c.at >= since)
    if after is not None:
        query = query.where(tuple_(_event.c.at, _event.c.id) > (after.at, after.id))
    rows = connection.execute(query.limit(BATCH)).all()
    clients, found = _clients_of(connection, [row.id for row in rows]), []
    for row in rows:
        content = canonical(row._mapping, clients.get(row.id, []))
        has_marks = has_marks or row.mark is not None
        found.append(Waiting(row, content, keys.is_mark_of(row.mark, content) if row.mark else not has_marks))
    return found


def all_waiting(connection: Connection, keys: Keys, *, has_marks: bool) -> Iterator[Waiting]:
    """Give every event without a seal, oldest first."""
    after: Row[Any] | None = None
    while True:
        batch = waiting_batch(connection, keys, has_marks=has_marks, after=after)
        yield from batch
        if len(batch) < BATCH:
            return
        after, has_marks = batch[-1].row, has_marks or any(found.row.mark for found in batch)


def _clients_of(connection: Connection, keys: Sequence[str]) -> dict[str, list[str]]:
    """Give the keys of the clients that events touched, in order."""
    found: dict[str, list[str]] = {}
    if keys:
        for event_id, client_id in connection.execute(select(_client.c.event_id, _client.c.client_id).where(_client.c.event_id.in_(keys))):
            found.setdefault(event_id, []).append(client_id)
    return {key: sorted(clients) for key, clients in found.items()}
