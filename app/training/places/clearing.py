"""Empties a place: every row that belongs to its organisations or follows from one that does, found in the tables' own keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any

from sqlalchemy import Table, delete, or_, select, update
from sqlalchemy.orm import Session

from app.db.base import Model
from app.transfers.models import TransferRequest, TransferSide
from app.users.models import AccessGrant

# What stays beside the log: the place itself, who is who, what each has learned, who may what and how that came to be, and the work in hand.
KEPT = frozenset({"organisation", "training_place", "training_member", "training_world", "training_attempt", "access_grant", "right_application", "right_event", "user_session", "job"})
_AT_ONCE = 400
_Doomed = dict[str, set[Any]]


@cache
def tables_of_a_place() -> tuple[Table, ...]:
    """Give the tables that may hold rows of a place, those that others point to first."""
    reached, found = {"organisation", "access_grant"}, []
    for table in Model.metadata.sorted_tables:
        if table.name not in KEPT and reached & {key.column.table.name for key in table.foreign_keys}:
            found.append(table)
            reached.add(table.name)
    return tuple(found)


def clear(session: Session, organisation_ids: Iterable[str]) -> int:
    """Delete all rows of these organisations; gives how many. The caller commits. The log stays, and so do organisations and rights."""
    organisations = set(organisation_ids)
    grants = AccessGrant.organisation_id.in_(organisations)
    session.execute(update(AccessGrant).where(grants).values(local_role_id=None).execution_options(synchronize_session=False))
    doomed: _Doomed = defaultdict(set)
    doomed |= {"organisation": organisations, "access_grant": set(session.scalars(select(AccessGrant.id).where(grants))), "client": _sent_away(session, organisations)}
    is_growing = True
    while is_growing:
        is_growing = sum(_find(session, table, doomed) for table in tables_of_a_place()) > 0
    number = sum(_delete(session, table, doomed) for table in reversed(tables_of_a_place()))
    session.expire_all()
    return number


def _sent_away(session: Session, organisations: Collection[str]) -> set[Any]:
    """Give the records that a transfer from the place made elsewhere: they are of its clients."""
    of, side = TransferRequest, TransferSide
    query = select(side.client_id).join(of, of.id == side.transfer_id).where(
        of.from_id.in_(organisations), of.to_id.not_in(organisations), of.status == "COMPLETED", side.organisation_id == of.to_id, side.client_id.is_not(None)
    )  # fmt: skip
    return set(session.scalars(query))


def _find(session: Session, table: Table, doomed: _Doomed) -> bool:
    """Add the keys of a table's rows that follow from what is doomed; tells whether there were new ones. A table of links has no key that others point to."""
    columns = list(table.primary_key.columns)
    if len(columns) != 1:
        return False
    before = len(doomed[table.name])
    for condition in _conditions(table, doomed):
        doomed[table.name] |= set(session.scalars(select(columns[0]).where(condition)))
    return len(doomed[table.name]) > before


def _delete(session: Session, table: Table, doomed: _Doomed) -> int:
    columns = list(table.primary_key.columns)
    conditions = [columns[0].in_(piece) for piece in _pieces(doomed[table.name])] if len(columns) == 1 else list(_conditions(table, doomed))
    return sum(session.execute(delete(table).where(condition)).rowcount for condition in conditions)  # type: ignore[attr-defined]


def _conditions(table: Table, doomed: _Doomed) -> Iterator[Any]:
    """Give, piece by piece, the conditions of rows that point to something doomed."""
    targets: dict[str, list[Any]] = defaultdict(list)
    for key in table.foreign_keys:
        targets[key.column.table.name].append(key.parent)
    for name, columns in targets.items():
        for piece in _pieces(doomed[name]):
            yield or_(*(column.in_(piece) for column in columns))


def _pieces(keys: Collection[Any]) -> Iterator[list[Any]]:
    found = sorted(keys)
    return (found[start : start + _AT_ONCE] for start in range(0, len(found), _AT_ONCE))
