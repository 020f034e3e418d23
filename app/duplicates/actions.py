"""Writes of pairs and cases: each with its events in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.record import record_event
from app.clients.models import Client
from app.db.types import new_id, now
from app.duplicates.fields import merged_values, picture, put
from app.duplicates.handshake import ask_other_controllers, tell_other_side
from app.duplicates.models import ClientMerge, DuplicateCase, pair_of
from app.duplicates.moving import added_under, move, rows_to_move
from app.web.transaction import changed_fields, stamp


def pair(session: Session, kept_id: str, other_id: str, *, status: str, reason: str | None = None) -> ClientMerge:
    """Give the pair of two own clients, made when there is none; the caller commits."""
    found = session.scalar(select(ClientMerge).where(ClientMerge.pair_key == pair_of(kept_id, other_id)))
    if found is not None:
        return found
    row = ClientMerge(id=new_id(), client_id=kept_id, other_id=other_id, pair_key=pair_of(kept_id, other_id), status=status, reason=reason)
    stamp(row, is_new=True)
    session.add(row)
    session.flush()
    record_event(session, "client_merge:proposed" if status == "PROPOSED" else "client_merge:judged_different", **_about(row))
    return row


def judge_different(session: Session, row: ClientMerge) -> None:
    """Judge a proposed pair to be two persons; it is never offered again. The caller commits."""
    row.status = "DIFFERENT"
    stamp(row, is_new=False)
    session.flush()
    record_event(session, "client_merge:judged_different", **_about(row))


def note_new_client(session: Session, client: Client, judged: Iterable[str]) -> None:
    """After a client was made: keep whom it was judged to be different from, and ask the other controllers. The caller commits."""
    for key in judged:
        pair(session, client.id, key, status="DIFFERENT")
    ask_other_controllers(session, client)


def merge(session: Session, row: ClientMerge, taken: Mapping[str, str]) -> None:
    """Join the other record to the kept one; the caller commits. Raises StaleDataError when one of them was saved meanwhile."""
    kept, other = both(session, row, locked=True)
    before: dict[str, Any] = {"kept": picture(kept), "other": picture(other)}
    values = merged_values(kept, other, taken)
    before["written"] = values
    moving, staying = rows_to_move(session, other.id, kept.id)
    other.merged_into_id = kept.id
    if values.get("identity_code"):
        # A code stands once in a register: the merged-away record lets go of it first, and gets it back when it is parted.
        put(other, {"identity_code": None, "no_identity_code_reason": "PENDING"})
    _touch(session, other)
    put(kept, values)
    _touch(session, kept)
    before["rows"], before["staying"] = move(session, moving, other.id, kept.id), staying
    row.status, row.merged_at, row.undone_at = "MERGED", now(), None
    row.before = json.dumps(before)
    stamp(row, is_new=False)
    session.flush()
    record_event(session, "client_merge:joined", **_about(row))


def undo(session: Session, row: ClientMerge) -> None:
    """Part the records again: each row returns to the record it came from; the caller commits.

    A field of the kept record that has changed since stays as it is now.
    """
    if row.before is None or row.merged_at is None:
        raise ValueError("a pair that was never merged")
    kept, other = both(session, row, locked=True)
    before = json.loads(row.before)
    rows = added_under(session, before["rows"], kept.id, row.merged_at)
    now_held, written = picture(kept), before["written"]
    untouched = {name for name, value in written.items() if now_held[name] == value}
    if not {"identity_code", "no_identity_code_reason"} & written.keys() <= untouched:
        untouched -= {"identity_code", "no_identity_code_reason"}
    put(kept, {name: before["kept"][name] for name in untouched})
    _touch(session, kept)
    other.merged_into_id = None
    put(other, before["other"])
    _touch(session, other)
    move(session, {"client_membership": [], **rows}, kept.id, other.id)
    row.status, row.undone_at = "UNDONE", now()
    stamp(row, is_new=False)
    session.flush()
    record_event(session, "client_merge:parted", **_about(row))


def answer(session: Session, case: DuplicateCase, *, answer: str, keeps: str | None, reason: str) -> None:
    """Give this controller's answer and tell the other side which it is, not why; the caller commits."""
    case.answer, case.keeps, case.reason, case.answered_at = answer, keeps if answer == "SAME" else None, reason, now()
    stamp(case, is_new=False)
    fields = changed_fields(case)
    tell_other_side(session, case)
    record_event(session, "duplicate_case:answered", client_ids=[case.client_id], row_id=case.id, version=case.version, fields=fields)


def both(session: Session, row: ClientMerge, *, locked: bool = False) -> tuple[Client, Client]:
    """Give the kept record and the other. Raises NoResultFound when one is out of the reader's scope."""
    query = select(Client).where(Client.id.in_((row.client_id, row.other_id))).order_by(Client.id)
    found = {client.id: client for client in session.scalars(query.with_for_update() if locked else query)}
    return found[row.client_id], found[row.other_id]


def _touch(session: Session, client: Client) -> None:
    """Write the record even when no field of it changes, so that whoever has its form open is told."""
    client.changed_at = now()
    stamp(client, is_new=False)
    session.flush()


def _about(row: ClientMerge) -> dict[str, Any]:
    """Give what an event of a pair holds: it stands in the log of both clients."""
    return {"client_ids": [row.client_id, row.other_id], "row_id": row.id, "version": row.version}
