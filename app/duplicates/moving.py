"""Every row that follows a client, found from the models themselves, so that a new table is moved without being named here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, Table, UniqueConstraint, and_, cast, column, func, select, update
from sqlalchemy.orm import Session

from app.access.membership import ClientMembership, FollowsClient
from app.db.base import Model
from app.db.types import IdType
from app.history.models import RowVersion

Rows = dict[str, list[str]]
_CHUNK = 500
_MEMBERSHIP = ClientMembership.__tablename__
_VERSIONS: Any = RowVersion.__table__


def followers() -> list[Table]:
    """Give the tables whose rows move, each after those it points to."""
    names = {model.__tablename__ for model in _models() if model.goes_along}
    return [table for table in Model.metadata.sorted_tables if table.name in names]


def _models() -> list[Any]:
    return [mapper.class_ for mapper in Model.registry.mappers if issubclass(mapper.class_, FollowsClient)]


def rows_to_move(session: Session, source: str, target: str) -> tuple[Rows, Rows]:
    """Give the rows of `source` that move to `target`, and those that stay, by table.

    Where a client has one row at most (or one of a kind) and `target` has it, that of `source` stays; what stands under a row that stays does too.
    """
    moving: Rows = {}
    staying: Rows = {}
    for table in followers():
        kept = _stays(session, table, source, target, staying)
        keys = list(session.scalars(select(table.c.id).where(table.c.client_id == source).order_by(table.c.id)))
        if rest := [key for key in keys if key not in kept]:
            moving[table.name] = rest
        if kept:
            staying[table.name] = sorted(kept)
    if versions := _versions(session, source, staying):
        moving[_VERSIONS.name] = versions
    return moving, staying


def _versions(session: Session, source: str, staying: Rows) -> list[str]:
    """Give the versions of rows that move, and of those that did and were deleted; those of the client itself and of what stays do not."""
    of, names = _VERSIONS.c, [table.name for table in followers()]
    rows = session.execute(select(of.id, of.table_name, of.row_id).where(of.client_id == source, of.table_name.in_(names)).order_by(of.id))
    return [key for key, name, row_id in rows if row_id not in staying.get(name, ())]


def _stays(session: Session, table: Table, source: str, target: str, staying: Rows) -> set[str]:
    found: set[str] = set()
    for names in _unique_per_client(table):
        twin = table.alias()
        same = and_(twin.c.client_id == target, *(twin.c[name] == table.c[name] for name in names))
        found |= set(session.scalars(select(table.c.id).where(table.c.client_id == source, select(twin.c.id).where(same).exists())))
    for name, keys in _pointing(table, staying):
        found |= set(session.scalars(select(table.c.id).where(table.c.client_id == source, table.c[name].in_(keys))))
    return found


def _unique_per_client(table: Table) -> list[list[str]]:
    """Give, for each unique rule that names the client, its other columns."""
    rules = [list(rule.columns.keys()) for rule in table.constraints if isinstance(rule, UniqueConstraint)]
    rules += [[part.name for part in index.columns] for index in table.indexes if index.unique]
    return [[name for name in names if name != "client_id"] for names in rules if "client_id" in names]


def _pointing(table: Table, rows: Rows) -> Iterable[tuple[str, list[str]]]:
    for key in table.foreign_keys:
        if rows.get(key.column.table.name) and key.column.name == "id":
            yield key.parent.name, rows[key.column.table.name]


def move(session: Session, rows: Rows, source: str, target: str) -> Rows:
    """Move the rows, and the standing of other organisations that take part; gives what moved. The caller commits."""
    moved: Rows = {}
    for name, keys in rows.items():
        for at in range(0, len(keys), _CHUNK):
            moved.setdefault(name, []).extend(_moved(session, name, source, target, keys[at : at + _CHUNK]))
    if _MEMBERSHIP not in rows and (shared := _moved(session, _MEMBERSHIP, source, target, None)):
        moved[_MEMBERSHIP] = shared
    return {name: keys for name, keys in moved.items() if keys}


def _moved(session: Session, name: str, source: str, target: str, keys: list[str] | None) -> list[str]:
    if session.get_bind().dialect.name == "postgresql":
        # Rows of a county's own and the standing of others are not the controller's to write; the function minds that both clients are.
        moving = func.move_client_rows(name, source, target, cast(keys, ARRAY(IdType))).table_valued(column("id", IdType))
        return sorted(session.scalars(select(moving.c.id)))
    table = Model.metadata.tables[name]
    which = table.c.client_id == source
    if name == _MEMBERSHIP:
        which &= table.c.is_owner.is_(False)
    if keys is not None:
        which &= table.c.id.in_(keys)
    return sorted(session.scalars(update(table).where(which).values(client_id=target, **_unchanged(table)).returning(table.c.id)))


def _unchanged(table: Any) -> dict[str, Any]:
    """Give what keeps the moment of the last change: where a row stands is no change of it."""
    return {"changed_at": table.c.changed_at} if "changed_at" in table.c else {}


def added_under(session: Session, rows: Rows, target: str, since: datetime) -> Rows:
    """Give the moved rows together with those added since under one of them, such as a goal in a plan, and the versions of each: they go where it goes."""
    found: Rows = defaultdict(list, {name: list(keys) for name, keys in rows.items()})
    for table in followers():
        if "created_at" not in table.c:
            continue
        for name, keys in list(_pointing(table, found)):
            query = select(table.c.id).where(table.c.client_id == target, table.c.created_at > since, table.c[name].in_(keys))
            found[table.name] = sorted({*found[table.name], *session.scalars(query)})
    of, keys_of = _VERSIONS.c, {name: set(keys) for name, keys in found.items()}
    versions = session.execute(select(of.id, of.table_name, of.row_id).where(of.client_id == target, of.table_name.in_(list(keys_of)), of.changed_at > since))
    found[_VERSIONS.name] = sorted({*found[_VERSIONS.name], *(key for key, name, row_id in versions if row_id in keys_of[name])})
    standing = _memberships_of(session, found.get("participation", ()))
    found[_MEMBERSHIP] = sorted({*found[_MEMBERSHIP], *standing})
    return {name: keys for name, keys in found.items() if keys}


def _memberships_of(session: Session, invitations: Iterable[str]) -> list[str]:
    table: Any = ClientMembership.__table__
    return list(session.scalars(select(table.c.id).where(table.c.participation_id.in_(list(invitations)))))


def added_since(session: Session, rows: Rows, target: str, since: datetime) -> int:
    """Count the rows added since to the kept record that stay with it when the merge is undone."""
    returning = added_under(session, rows, target, since)
    total = 0
    for table in followers():
        if "created_at" in table.c:
            keys = session.scalars(select(table.c.id).where(table.c.client_id == target, table.c.created_at > since))
            total += len(set(keys) - set(returning.get(table.name, ())))
    return total


def number_anew(session: Session, rows: Rows, target: str) -> dict[str, dict[str, int]]:
    """Number the moved rows after those that `target` had, in the order of their numbers; gives the numbers they had, by table and key."""
    had: dict[str, dict[str, int]] = {}
    for model in _models():
        keys = rows.get(model.__tablename__)
        if model.numbered_by is None or not keys:
            continue
        table, number = model.__table__, model.__table__.c[model.numbered_by]
        last = session.scalar(select(func.max(number)).where(table.c.client_id == target, table.c.id.not_in(keys))) or 0
        had[table.name] = {str(key): value for key, value in session.execute(select(table.c.id, number).where(table.c.id.in_(keys)).order_by(number, table.c.id))}
        _number(session, table, number, {key: place for place, key in enumerate(had[table.name], start=last + 1)})
    return had


def number_as_before(session: Session, had: dict[str, dict[str, int]]) -> None:
    """Give the rows the numbers they had."""
    for model in _models():
        if model.numbered_by and model.__tablename__ in had:
            _number(session, model.__table__, model.__table__.c[model.numbered_by], had[model.__tablename__])


def _number(session: Session, table: Any, column: Any, numbers: dict[str, int]) -> None:
    for key, value in numbers.items():
        session.execute(update(table).where(table.c.id == key).values({column.name: value, **_unchanged(table)}))
