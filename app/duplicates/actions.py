"""Writes of pairs and cases: each with its events in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.audit.record import record_event
from app.clients.models import Client
from app.core.states import NotNow, follow
from app.db.types import new_id, now
from app.duplicates.fields import merged_values, picture, put
from app.duplicates.handshake import ask_other_controllers, one_answer_at_a_time, tell_other_side
from app.duplicates.models import ClientMerge, DuplicateCase, pair_of
from app.duplicates.moving import added_under, move, number_anew, number_as_before, rows_to_move
from app.duplicates.states import MergeLife
from app.responsibility.actions import derive, follow_status
from app.responsibility.queries import statuses_of
from app.web.transaction import changed_fields, keep, stamp


class NotBothOwn(LookupError):
    """One of a pair's records is not, or no longer, the reader's own."""


def pair(session: Session, kept_id: str, other_id: str, *, status: str, reason: str | None = None, org_id: str | None = None) -> ClientMerge:
    """Give the pair of two own clients, made when there is none; the caller commits. `org_id` is the controller where nobody has signed in."""
    found = session.scalar(select(ClientMerge).where(ClientMerge.pair_key == pair_of(kept_id, other_id)))
    if found is not None:
        return found
    row = ClientMerge(id=new_id(), client_id=kept_id, other_id=other_id, pair_key=pair_of(kept_id, other_id), status=status, reason=reason, org_id=org_id)
    stamp(row, is_new=True)
    session.add(row)
    session.flush()
    record_event(session, "client_merge:proposed" if status == "PROPOSED" else "client_merge:judged_different", **_about(row))
    return row


def judge_different(session: Session, row: ClientMerge) -> None:
    """Judge a pair to be two persons, and commit; it is not offered again."""
    follow(MergeLife, row, "different")
    keep(session, row, "client_merge:judged_different", is_new=False)


def reconsider(session: Session, row: ClientMerge) -> None:
    """Take back the judgement that a pair is two persons, and commit."""
    follow(MergeLife, row, "reconsider")
    keep(session, row, "client_merge:proposed", is_new=False)


def note_new_client(session: Session, client: Client, judged: Iterable[str]) -> None:
    """After a client was made: keep whom it was judged to be different from, and ask the other controllers. The caller commits."""
    for key in judged:
        pair(session, client.id, key, status="DIFFERENT")
    ask_other_controllers(session, client)


def seen_of(kept: Client, other: Client) -> str:
    """Tell which state of the two records is seen."""
    return f"{kept.version}.{other.version}"


def merge(session: Session, row: ClientMerge, taken: Mapping[str, str], seen: str) -> None:
    """Join the other record to the kept one, and commit. Raises NotNow, and StaleDataError when the two are no longer as `seen`."""
    kept, other = both(session, row, locked=True)
    _must_allow(row, "merge")
    if seen_of(kept, other) != seen or kept.merged_into_id or other.merged_into_id:
        raise StaleDataError(row.id)
    before: dict[str, Any] = {"kept": picture(kept), "other": picture(other)}
    values = merged_values(kept, other, taken)
    moving, before["staying"] = rows_to_move(session, other.id, kept.id)
    other.merged_into_id = kept.id
    if values.get("identity_code"):
        # A code stands once in a register: the merged-away record lets go of it first, and gets it back when it is parted.
        put(other, {"identity_code": None, "no_identity_code_reason": "PENDING"})
    _touch(session, other)
    put(kept, values)
    _touch(session, kept)
    before["rows"] = move(session, moving, other.id, kept.id)
    before["numbers"] = number_anew(session, before["rows"], kept.id)
    _derive(session, kept)
    now_held = picture(kept)
    before["written"] = {name: value for name, value in now_held.items() if value != before["kept"][name]}
    follow(MergeLife, row, "merge")
    row.merged_at, row.undone_at, row.before = now(), None, json.dumps(before)
    keep(session, row, "client_merge:joined", is_new=False)


def undo(session: Session, row: ClientMerge) -> None:
    """Part the records again, and commit: each row returns to the record it came from. Raises as `merge` does.

    A field of the kept record that has changed since stays as it is now.
    """
    kept, other = both(session, row, locked=True)
    _must_allow(row, "undo")
    if kept.merged_into_id:
        # Its rows stand under a third record now: that one is parted first.
        raise StaleDataError(row.id)
    if row.before is None or row.merged_at is None:
        raise ValueError("a pair that was never merged")
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
    number_as_before(session, before["numbers"])
    _derive(session, kept)
    follow(MergeLife, row, "undo")
    row.undone_at = now()
    keep(session, row, "client_merge:parted", is_new=False)


def answer(session: Session, case: DuplicateCase, *, answer: str, keeps: str | None, reason: str) -> None:
    """Give this controller's answer and tell the other side which it is, not why; the caller commits."""
    one_answer_at_a_time(session, case)
    case.answer, case.keeps, case.reason, case.answered_at = answer, keeps if answer == "SAME" else None, reason, now()
    stamp(case, is_new=False)
    fields = changed_fields(case)
    tell_other_side(session, case)
    record_event(session, "duplicate_case:answered", client_ids=[case.client_id], row_id=case.id, version=case.version, fields=fields)


def both(session: Session, row: ClientMerge, *, locked: bool = False) -> tuple[Client, Client]:
    """Give the kept record and the other. Raises NotBothOwn when one is out of the reader's scope.

    Locked, they and the pair are read anew: whoever comes second sees what the first one did. Every pair is locked in the
    order of the keys, so that two pairs crosswise wait for each other in a row and never in a ring.
    """
    query = select(Client).where(Client.id.in_((row.client_id, row.other_id))).order_by(Client.id)
    if locked:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = {client.id: client for client in session.scalars(query)}
    if len(found) < 2:
        raise NotBothOwn(row.id)
    if locked:
        session.refresh(row)
    return found[row.client_id], found[row.other_id]


def _must_allow(row: ClientMerge, deed: str) -> None:
    if not MergeLife.allows(row.status, deed):
        raise NotNow(MergeLife, row.status, deed)


def _derive(session: Session, kept: Client) -> None:
    """Bring what follows from the rows of the kept record to what they are now; obligations do so by themselves."""
    session.flush()
    session.expire_all()
    statuses = statuses_of(session, [kept.id])
    follow_status(kept, statuses, now().date())
    if derive(session, kept, statuses):
        record_event(session, "responsibility_period:changed", client_ids=[kept.id], row_id=kept.id)
    session.flush()


def _touch(session: Session, client: Client) -> None:
    """Write the record even when no field of it changes, so that whoever has its form open is told."""
    client.changed_at = now()
    stamp(client, is_new=False)
    session.flush()


def _about(row: ClientMerge) -> dict[str, Any]:
    """Give what an event of a pair holds: it stands in the log of both clients."""
    return {"client_ids": [row.client_id, row.other_id], "row_id": row.id, "version": row.version}
