"""The events of seals, compared with what was sealed: each one's bytes, their number and their order."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, Row, select

from app.audit.content import Keys, canonical, root_of
from app.audit.findings import Report
from app.audit.models import AuditEvent, AuditEventClient, AuditSealedEvent

_event, _client, _sealed = AuditEvent.__table__, AuditEventClient.__table__, AuditSealedEvent.__table__
_READ = (
    select(_sealed.c.event_id, _sealed.c.place, _sealed.c.digest, *_event.c)
    .outerjoin(_event, _event.c.id == _sealed.c.event_id)
    .order_by(_sealed.c.place)
)
_READ_CLIENTS = select(_client.c.event_id, _client.c.client_id).join(_sealed, _sealed.c.event_id == _client.c.event_id)
# Changed events that are compared pair by pair with each other.
_PAIRED = 100


@dataclass(frozen=True)
class _Changed:
    """An event that does not match what was sealed."""

    seal: int
    place: int
    digest: bytes
    values: Mapping[str, Any]
    clients: Sequence[str]

    def was_like(self, other: _Changed) -> bool:
        """Tell whether this event had, before, what the other one has now."""
        values = {**other.values, "id": self.values["id"]}
        return any(hashlib.sha256(canonical(values, clients)).digest() == self.digest for clients in (other.clients, self.clients))


class ContentCheck:
    """Checks groups of seals that follow each other; `finish` tells of the changed events."""

    def __init__(self, connection: Connection, keys: Keys, report: Report) -> None:
        self._connection, self._keys, self._report = connection, keys, report
        self._changed: list[_Changed] = []

    def check(self, seals: Sequence[Row[Any]]) -> None:
        if not seals:
            return
        within = (_sealed.c.place >= seals[0].first_place) & (_sealed.c.place < seals[-1].first_place + seals[-1].events)
        rows = {row.place: row for row in self._connection.execute(_READ.where(within))}
        clients: dict[str, list[str]] = {}
        for event_id, client_id in self._connection.execute(_READ_CLIENTS.where(within)):
            clients.setdefault(event_id, []).append(client_id)
        for seal in seals:
            self._check_one(seal, rows, clients)

    def _check_one(self, seal: Row[Any], rows: Mapping[int, Row[Any]], clients: Mapping[str, list[str]]) -> None:
        before, digests = self._report.number + len(self._changed), []
        for place in range(seal.first_place, seal.first_place + seal.events):
            row = rows.get(place)
            if row is None:
                self._report.add("DELETED", "the place is empty", seal=seal.number, place=place)
                continue
            digests.append(row.digest)
            if row.id is None:
                self._report.add("DELETED", seal=seal.number, place=place, event=row.event_id)
                continue
            touched = sorted(clients.get(row.id, ()))
            if hashlib.sha256(canonical(row._mapping, touched)).digest() != row.digest:
                self._note_changed(_Changed(seal.number, place, row.digest, dict(row._mapping), touched))
        self._report.events += len(digests)
        if root_of(digests) != seal.root and self._report.number + len(self._changed) == before:
            self._tell_of_places(seal, rows, clients)

    def _tell_of_places(self, seal: Row[Any], rows: Mapping[int, Row[Any]], clients: Mapping[str, list[str]]) -> None:
        """Every event agrees with its place, so the places were changed: with the event when its mark fails, else their order."""
        found = [rows[place] for place in range(seal.first_place, seal.first_place + seal.events)]
        edited = [row for row in found if row.mark and not self._keys.is_mark_of(row.mark, canonical(row._mapping, sorted(clients.get(row.id, ()))))]
        for row in edited:
            self._report.add("EDITED", seal=seal.number, place=row.place, event=row.event_id)
        if not edited:
            self._report.add("SWAPPED", seal=seal.number)

    def _note_changed(self, found: _Changed) -> None:
        if len(self._changed) < _PAIRED:
            self._changed.append(found)
        else:
            self._report.add("EDITED", seal=found.seal, place=found.place, event=found.values["id"])

    def finish(self) -> None:
        """Tell of the changed events: two that hold each other's content were swapped."""
        swapped: set[int] = set()
        for one, other in combinations(self._changed, 2):
            if one.was_like(other) and other.was_like(one):
                swapped |= {one.place, other.place}
        for found in self._changed:
            kind = "SWAPPED" if found.place in swapped else "EDITED"
            self._report.add(kind, seal=found.seal, place=found.place, event=found.values["id"])
