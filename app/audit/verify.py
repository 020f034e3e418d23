"""Walk the chain from the first seal to the last and say what is not as it was sealed; memory does not grow with the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from app.audit.anchor import Anchor, Link
from app.audit.content import START, Keys, seal_hash
from app.audit.findings import Report
from app.audit.models import AuditHead, AuditSeal, AuditSealedEvent
from app.audit.sealed_content import ContentCheck
from app.audit.waiting import BATCH, all_waiting

_sealed, _seal, _head = AuditSealedEvent.__table__, AuditSeal.__table__, AuditHead.__table__
# Seals read at a time; their events are read in groups of about two batches.
_SEALS = 500


def verify(engine: Engine, keys: Keys, anchor: Anchor) -> Report:
    """Compare events, seals, head and anchor. What is committed meanwhile is left for the next time."""
    report = Report(restarts=anchor.restarts())
    # The anchor is read first: it may lag behind the database and never be ahead of it.
    outside = _Outside(anchor, report)
    with _snapshot(engine) as connection:
        chain = _Chain(connection, keys, report, outside)
        chain.walk()
        chain.look_behind_the_end()
        for found in all_waiting(connection, keys, has_marks=bool(chain.last and chain.last.has_marks)):
            if found.is_genuine:
                report.waiting += 1
            else:
                report.add("INSERTED", event=found.row.id)
    return report


@contextmanager
def _snapshot(engine: Engine) -> Iterator[Connection]:
    """Read one state of the database however long it takes."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        else:
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


class _Outside:
    """The anchor's seals, compared in step with the database's."""

    def __init__(self, anchor: Anchor, report: Report) -> None:
        self.exists, self._history, self._report = anchor.exists(), anchor.history(), report
        self._next: Link | None = next(self._history, None)
        self._is_told = False

    def compare(self, number: int, digest: str, *, is_forged: bool) -> None:
        while self._next and self._next[0] < number:
            self._next = next(self._history, None)
        if self._next and self._next[0] == number:
            self._report.anchored += 1
            if self._next[1] != digest and not self._is_told:
                self._is_told = True
                self._report.add("REWRITTEN" if is_forged else "RESTORED", "from this seal on the anchor holds another history", seal=number)

    def beyond(self, number: int) -> int | None:
        """Give the last seal the anchor names after `number`, None when it names none."""
        found = None
        while self._next:
            if self._next[0] > number:
                found = self._next[0]
            self._next = next(self._history, None)
        return found


class _Chain:
    """The seals in their order; `last` is the newest one met."""

    def __init__(self, connection: Connection, keys: Keys, report: Report, outside: _Outside) -> None:
        self._connection, self._keys, self._report, self._outside = connection, keys, report, outside
        self._content = ContentCheck(connection, keys, report)
        self.last: Row[Any] | None = None
        self._without_key: int | None = None

    def walk(self) -> None:
        number = 0
        while seals := self._connection.execute(select(_seal).where(_seal.c.number > number).order_by(_seal.c.number).limit(_SEALS)).all():
            group: list[Row[Any]] = []
            for seal in seals:
                self._check(seal)
                if seal.events <= BATCH:
                    group.append(seal)
                if sum(found.events for found in group) >= BATCH:
                    self._content.check(group)
                    group = []
            self._content.check(group)
            number = seals[-1].number
        self._content.finish()
        if self._without_key is not None:
            self._report.add("REWRITTEN", "no later seal has a key of the ring", seal=self._without_key)

    def _check(self, seal: Row[Any]) -> None:
        """Check a seal's own values, its link to the one before, and what the anchor holds of it."""
        expected, previous = (self.last.number + 1, self.last.hash) if self.last else (1, START)
        if seal.number != expected:
            self._report.add("DELETED", f"seals {expected} to {seal.number - 1} are gone", seal=seal.number)
        elif seal.previous != previous:
            self._report.add("REWRITTEN", "it does not follow the seal before", seal=seal.number)
        end = self.last.first_place + self.last.events if self.last else 1
        if seal.number == expected and seal.first_place != end:
            self._report.add("DELETED", f"places {end} to {seal.first_place - 1} lost their seal", seal=seal.number)
        if seal.hash != seal_hash(seal._mapping):
            self._report.add("REWRITTEN", "its own values were changed", seal=seal.number)
        is_forged = self._keys.knows(seal.mac) and not self._keys.is_mac_of(seal.mac, seal.hash)
        if is_forged:
            self._report.add("REWRITTEN", "it was not made with the key", seal=seal.number)
        # The hash covers all seals before it, so one good mac vouches for those whose key has left the ring.
        self._without_key = None if self._keys.knows(seal.mac) else self._without_key or seal.number
        self._outside.compare(seal.number, seal.hash, is_forged=is_forged)
        self.last = seal
        self._report.seals, self._report.covered_until = self._report.seals + 1, seal.covers_until

    def look_behind_the_end(self) -> None:
        """Compare the end of the chain with the head and the anchor, and look for places behind it."""
        number, end = (self.last.number, self.last.first_place + self.last.events) if self.last else (0, 1)
        for event_id, place in self._connection.execute(select(_sealed.c.event_id, _sealed.c.place).where(_sealed.c.place >= end).limit(100)):
            self._report.add("INSERTED", "a place without a seal", event=event_id, place=place)
        head = self._connection.execute(select(_head.c.number)).scalar()
        beyond = self._outside.beyond(number)
        if head is None or head < number:
            self._report.add("REWRITTEN", "the head of the chain was changed")
        if head is not None and head > number:
            self._report.add("CUT_TAIL", f"the chain ends with seal {number}, and {head} were made", seal=number)
        elif beyond:
            self._report.add("RESTORED", f"the database ends with seal {number}, the anchor with {beyond}", seal=number)
        if number and not self._outside.exists:
            self._report.add("ANCHOR_MISSING")
