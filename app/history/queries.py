"""Reads versions, in the scope of the record's client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.history.models import RowVersion
from app.history.values import Values, kept_columns, read

FIRST = "FIRST"


@dataclass(frozen=True)
class Version:
    """A record as it stood; `before` are the values that the change replaced, for `FIRST` there is nothing known before it."""

    number: int
    kind: str
    changed_at: datetime
    changed_by: int | None
    values: Values
    before: Values

    @property
    def changed(self) -> tuple[str, ...]:
        return tuple(self.before)


def versions_of(session: Session, item: Any, *, before: int | None = None, limit: int = 50) -> list[Version]:
    """Give the newest versions of a record, newest first, those numbered under `before`; one statement.

    What stood before the first kept change is given as the first version, so that a record always has one.
    """
    model: Any = type(item)
    query = select(RowVersion).where(RowVersion.table_name == model.__tablename__, RowVersion.row_id == item.id, RowVersion.client_id == client_of(item))
    if before is not None:
        query = query.where(RowVersion.number < before)
    rows = list(session.scalars(query.order_by(RowVersion.number.desc()).limit(limit)))
    found = [Version(row.number, row.kind, row.changed_at, row.changed_by, *read(model, row.content)) for row in rows]
    if not found and before is None:
        values = {name: getattr(item, name) for name in kept_columns(model)}
        return [Version(item.version, FIRST, item.created_at, item.created_by, values, {})]
    if found and len(found) < limit and found[-1].before:
        oldest = found[-1]
        found.append(Version(oldest.number - 1, FIRST, item.created_at, item.created_by, {**oldest.values, **oldest.before}, {}))
    return found


def client_of(item: Any) -> str:
    """Give the key of a record's client."""
    return str(getattr(item, type(item).scope_key().key))


def names_of_people(session: Session, keys: set[int]) -> dict[int, str]:
    """Give the names of users; one statement, none for nobody."""
    if not keys:
        return {}
    rows = session.execute(select(User.id, User.first_name, User.last_name).where(User.id.in_(keys)))
    return {row.id: f"{row.first_name} {row.last_name}" for row in rows}
