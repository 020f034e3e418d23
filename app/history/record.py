"""Writes a version of every record that a flush adds, changes or deletes, in the same transaction: no path escapes it.

Only statements in bulk go past the unit of work; invented clients are loaded so, and their first change keeps what was
before it (`app.history.queries`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import bindparam, event, func, insert, inspect, select
from sqlalchemy.orm import Session

from app.access.actor import current_actor, current_scope
from app.access.membership import ClientScoped
from app.db.columns import Recorded
from app.db.types import new_id, now
from app.history.models import ADDED, CHANGED, DELETED, RESTORED, RowVersion
from app.history.values import document, kept_columns

_RESTORED = "koto_restored"
_table = RowVersion.__table__
_earlier = _table.alias()
# One after the last version; without one, the record's own count, which its first change has already raised.
_number = (
    select(func.coalesce(func.max(_earlier.c.number), bindparam("counted") - 1) + 1)
    .where(_earlier.c.table_name == bindparam("of_table"), _earlier.c.row_id == bindparam("of_row")).scalar_subquery()
)  # fmt: skip
_INSERT = insert(_table).values(number=_number)


def is_kept(model: Any) -> bool:
    """Tell whether versions are kept of a model: a record of a client that says who wrote it. What is only derived has none,
    and what tells itself what became of it (`is_final`) needs none; what rests on consent alone (`goes_whole`) leaves nothing behind.
    """
    return isinstance(model, type) and issubclass(model, ClientScoped) and issubclass(model, Recorded) and not getattr(model, "is_final", False) and not getattr(model, "goes_whole", False)


def mark_restored(session: Session, item: Any) -> None:
    """Say that the next change of the record brings an earlier version back."""
    session.info.setdefault(_RESTORED, set()).add(item.id)


@event.listens_for(Session, "after_flush")
def _keep_versions(session: Session, _context: Any) -> None:
    """Write what this flush did to records; the unit of work still knows each value before and after."""
    rows = list(_versions(session))
    if rows:
        session.connection().execute(_INSERT, rows if len(rows) > 1 else rows[0])


def _versions(session: Session) -> Iterator[dict[str, Any]]:
    gone = {row.id for row in session.deleted if _is_client(row)}
    for row in session.new:
        if is_kept(type(row)):
            yield _version(session, row, ADDED, {})
    for row in session.dirty:
        if is_kept(type(row)) and row not in session.deleted and (before := _before(row)):
            yield _version(session, row, CHANGED, before)
    for row in session.deleted:
        # A client's versions go with the client.
        if is_kept(type(row)) and not row.scope_keys() & gone:
            yield _version(session, row, DELETED, {})


def _is_client(row: Any) -> bool:
    return isinstance(row, ClientScoped) and row.__tablename__ == "client"  # type: ignore[attr-defined]


def _columns(row: Any) -> tuple[str, ...]:
    model: Any = type(row)
    return kept_columns(model)


def _before(row: Any) -> dict[str, Any]:
    """Give the values that the flush replaced; one that was never read is not known, and is None."""
    state, found = inspect(row), {}
    for name in _columns(row):
        history = state.attrs[name].history
        if history.has_changes():
            found[name] = history.deleted[0] if history.deleted else None
    return found


def _version(session: Session, row: Any, kind: str, before: dict[str, Any]) -> dict[str, Any]:
    actor, scope, names = current_actor(), current_scope(), _columns(row)
    restored = session.info.get(_RESTORED, set())
    if kind == CHANGED and row.id in restored:
        restored.discard(row.id)
        kind = RESTORED
    return {
        "id": new_id(), "client_id": getattr(row, type(row).scope_key().key), "table_name": row.__tablename__, "row_id": row.id, "kind": kind,
        "changed_at": now() if kind == DELETED else row.changed_at,
        "changed_by": actor.user_id if actor else row.changed_by, "org_id": row.org_id if scope.is_system else scope.organisation_id,
        "content": document({name: getattr(row, name) for name in names}, before),
        "of_table": row.__tablename__, "of_row": row.id, "counted": row.version + (kind == DELETED),
    }  # fmt: skip
