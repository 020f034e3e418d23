"""Seal committed events: a place for each, and a hash over a batch and the seal before. No writer waits for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, select, update

from app.audit.anchor import Anchor, AnchorError
from app.audit.content import START, Keys, root_of, seal_hash
from app.audit.models import AuditHead, AuditSeal, AuditSealedEvent
from app.audit.waiting import BATCH, Waiting, waiting_batch
from app.db.types import now

# How far back a sealer looks for events whose transaction took long; with `everything` it looks for older ones too.
WINDOW = timedelta(hours=1)
_sealed, _seal, _head = AuditSealedEvent.__table__, AuditSeal.__table__, AuditHead.__table__


@dataclass(frozen=True)
class Sealed:
    """What a run did: events and seals made, and events passed over because the application did not write them so."""

    events: int = 0
    seals: int = 0
    passed_over: int = 0


def last_seal(connection: Connection) -> Row[Any] | None:
    """Give the newest seal."""
    return connection.execute(select(_seal).order_by(_seal.c.number.desc()).limit(1)).first()


def seal_waiting(engine: Engine, keys: Keys, anchor: Anchor, *, everything: bool = False) -> Sealed:
    """Seal what is committed, a transaction for each batch, then bring the anchor up to date.

    Raises `AnchorError` when the anchor is gone or differs; the events are sealed by then.
    """
    done, after = Sealed(), None
    while True:
        with alone(engine) as connection:
            previous, looked_at = last_seal(connection), now()
            if previous is None:
                anchor.begin(looked_at)
            since = None if everything or previous is None else previous.covers_until - WINDOW
            batch = waiting_batch(connection, keys, has_marks=bool(previous and previous.has_marks), since=since, after=after)
            genuine = [found for found in batch if found.is_genuine]
            is_last = len(batch) < BATCH
            if genuine:
                _write(connection, keys, previous, genuine, looked_at, looked_at if is_last else batch[-1].row.at)
        done = Sealed(done.events + len(genuine), done.seals + bool(genuine), done.passed_over + len(batch) - len(genuine))
        if is_last:
            break
        after = batch[-1].row
    bring_up_to_date(engine, anchor)
    return done


def bring_up_to_date(engine: Engine, anchor: Anchor) -> None:
    """Write the seals into the anchor that it lacks; raises `AnchorError` when it is gone or differs."""
    ends_with = anchor.last()
    number = ends_with[0] if ends_with else 0
    with engine.connect() as connection:
        rows = connection.execute(select(_seal.c.number, _seal.c.hash).where(_seal.c.number >= number).order_by(_seal.c.number)).all()
    if rows and not anchor.exists():
        raise AnchorError("the anchor is gone")
    if ends_with and (not rows or tuple(rows[0]) != ends_with):
        raise AnchorError("the anchor and the database tell different stories")
    newer = [(row.number, row.hash) for row in rows if row.number > number]
    if newer:
        anchor.go_on(ends_with, newer)


@contextmanager
def alone(engine: Engine) -> Iterator[Connection]:
    """Work in a transaction while no other sealer does. Writers go on, but for SQLite, which has one of any kind."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.execute(select(_head.c.number).with_for_update()).one()
        yield connection
        connection.commit()


def _write(connection: Connection, keys: Keys, previous: Row[Any] | None, events: Sequence[Waiting], made_at: datetime, covers_until: datetime) -> None:
    digests = [hashlib.sha256(found.content).digest() for found in events]
    # Places that lost their seal are left behind: sealing goes on, and a verification tells of them.
    first = (connection.scalar(select(func.max(_sealed.c.place))) or 0) + 1
    seal: dict[str, Any] = {
        "number": previous.number + 1 if previous else 1, "made_at": made_at, "first_place": first, "events": len(events),
        "covers_until": max(covers_until, previous.covers_until) if previous else covers_until,
        "has_marks": bool(previous and previous.has_marks) or any(found.row.mark for found in events),
        "root": root_of(digests), "previous": previous.hash if previous else START,
    }  # fmt: skip
    seal["hash"] = seal_hash(seal)
    seal["mac"] = keys.mac(seal["hash"])
    places = [{"event_id": found.row.id, "place": first + at, "digest": digest} for at, (found, digest) in enumerate(zip(events, digests, strict=True))]
    connection.execute(insert(_sealed), places)
    connection.execute(insert(_seal), seal)
    connection.execute(update(_head).values(number=seal["number"]))
