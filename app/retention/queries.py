"""Reads of whose time is over, and of what keeps their data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.examinations.models import LogFinding, LogFindingReading
from app.imports.models import ImportBatch, ImportChange
from app.retention.rules import FINDING, HELD, MOVE, TRANSFER, is_due, kept_because
from app.transfers.models import TransferRequest, TransferSide
from app.transfers.rules import OPEN

# No rule of the law has deleted sooner; what it does exactly the rule of time limits tells.
_SHORTEST = timedelta(days=3 * 365)
# A move whose figures may still be taken back or signed.
_UNSETTLED = ("OPEN", "REHEARSED", "COMMITTED")
_ended = func.coalesce(Client.relationship_ended, Client.archived_on)


@dataclass(frozen=True)
class Due:
    """A client whose time is over, with the controller and why the data stay if they do."""

    client_id: str
    org_id: str
    kept: str | None


def due_on(session: Session, on: date, *, piece: int = 500, locks: bool = False) -> Iterator[list[Due]]:
    """Give whose time is over on a day, piece by piece in the order of keys; a fixed number of statements a piece.

    What stayed of a client who moved counts from the move. A record that was joined to another goes with that one, and what keeps it keeps both.
    With `locks` nobody else changes the clients of a piece until the caller commits: who is about to be deleted cannot be held or begun anew meanwhile.
    """
    after = ""
    while rows := _rows(session, on, after, piece, locks=locks):
        after = rows[-1].id
        due = [row for row in rows if is_due(row.ended, on)]
        reasons = _reasons(session, {row.id for row in due})
        yield [Due(row.id, row.org_id, kept_because(reasons[row.id])) for row in due]


def _rows(session: Session, on: date, after: str, piece: int, *, locks: bool) -> Any:
    wanted = select(Client.id, Client.org_id, _ended.label("ended"))
    wanted = wanted.where(_ended.is_not(None), _ended <= on - _SHORTEST, Client.merged_into_id.is_(None), Client.id > after)
    wanted = wanted.order_by(Client.id).limit(piece)
    return session.execute(wanted.with_for_update() if locks else wanted).all()


def _reasons(session: Session, keys: Collection[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    if not keys:
        return found
    goes_with = joined_to(session, keys)
    side, reading, change = TransferSide, LogFindingReading, ImportChange
    asked = (
        (HELD, select(Client.id).where(Client.id.in_(goes_with), Client.hold_reason.is_not(None))),
        (TRANSFER, select(side.client_id).join(TransferRequest, TransferRequest.id == side.transfer_id).where(side.client_id.in_(goes_with), TransferRequest.status.in_(OPEN))),
        (FINDING, select(reading.client_id).join(LogFinding, LogFinding.id == reading.finding_id).where(reading.client_id.in_(goes_with), LogFinding.decided_at.is_(None))),
        (MOVE, select(change.client_id).join(ImportBatch, ImportBatch.id == change.batch_id).where(change.client_id.in_(goes_with), ImportBatch.status.in_(_UNSETTLED))),
    )
    for reason, wanted in asked:
        for key in session.scalars(wanted.distinct()):
            found[goes_with[str(key)]].add(reason)
    return found


def joined_to(session: Session, keys: Collection[str]) -> dict[str, str]:
    """Give clients and the records that were joined to them, and to those in turn, each with the client it goes with."""
    found = {key: key for key in keys}
    new = dict(found)
    while new:
        rows = session.execute(select(Client.id, Client.merged_into_id).where(Client.merged_into_id.in_(new)))
        new = {key: found[into] for key, into in rows if into is not None and key not in found}
        found |= new
    return found
