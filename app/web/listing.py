"""Lists by keyset pagination: the address holds the key of the last row, never a value of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import abort, request, url_for
from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session, defer
from sqlalchemy.sql.base import ExecutableOption

from app.access.actor import current_scope
from app.access.membership import ClientScoped
from app.access.wall import visible_client_count
from app.db.types import EncryptedText, is_id
from app.web.interface import COUNT_CAP


@dataclass(frozen=True)
class Page:
    """One page of rows; `count` is capped, `is_capped` says so; `next_after` is None on the last page.

    `criteria` name what the list is narrowed by, `is_search` tells whether words are among it.
    """

    rows: list[Any]
    count: int
    next_after: str | None
    order: str
    is_descending: bool
    criteria: tuple[str, ...] = ()
    is_search: bool = False

    @property
    def is_capped(self) -> bool:
        return self.count > COUNT_CAP


def page_size(default: str) -> int:
    """Read `psize` (1–100) or answer 400."""
    raw = request.args.get("psize", default)
    if not (raw.isascii() and raw.isdigit() and 1 <= int(raw) <= 100):
        abort(400)
    return int(raw)


def order_asked(allowed: list[str], default: tuple[str, str]) -> tuple[str, bool]:
    """Read `order` and `direction`; a column outside `allowed` answers 400."""
    column = request.args.get("order", default[0])
    direction = request.args.get("direction", default[1])
    if column not in allowed or direction not in ("asc", "desc"):
        abort(400)
    return column, direction == "desc"


@cache
def listed(model: Any) -> Select[Any]:
    """Give the rows of a list before it is narrowed: those that `model` leaves out of no list."""
    left_out = model.left_out() if issubclass(model, ClientScoped) else None
    return select(model) if left_out is None else select(model).where(~left_out)


def page_of(session: Session, model: Any, query: Select[Any], *, allowed: list[str], default: tuple[str, str], size: str = "25") -> Page:
    """Run `query` for the page that the address asks for: two statements, whatever the size of the table."""
    column, is_descending = order_asked(allowed, default)
    rows_wanted, after = page_size(size), request.args.get("after")
    key = tuple_(getattr(model, column), model.id)
    count = int(session.scalar(counted(model, query)) or 0)
    if after is not None:
        if not is_id(after):
            abort(400)
        at = select(getattr(model, column), model.id).where(model.id == after).subquery()
        mark = tuple_(select(at.c[0]).scalar_subquery(), select(at.c[1]).scalar_subquery())
        query = query.where(key < mark if is_descending else key > mark)
    ordering = (getattr(model, column), model.id)
    # A list shows no encrypted column, so none is read and opened.
    query = query.options(*_without_encrypted(model))
    query = query.order_by(*(part.desc() for part in ordering) if is_descending else ordering)
    rows = list(session.scalars(query.limit(rows_wanted + 1)))
    next_after = rows[rows_wanted - 1].id if len(rows) > rows_wanted else None
    return Page(rows[:rows_wanted], count, next_after, column, is_descending)


def counted(model: Any, query: Select[Any]) -> Select[Any]:
    """Give the statement that counts `query` up to one more than `COUNT_CAP`."""
    is_every_client = issubclass(model, ClientScoped) and model.scope_key() is model.id and _is_whole(model, query)
    if is_every_client and not current_scope().is_system:
        return visible_client_count(COUNT_CAP + 1, model)
    capped = query.with_only_columns(model.id, maintain_column_froms=True).limit(COUNT_CAP + 1).subquery()
    return select(func.count()).select_from(capped)


def _is_whole(model: Any, query: Select[Any]) -> bool:
    """Tell whether `query` asks for every row that is listed."""
    asked, whole = query.whereclause, listed(model).whereclause
    return asked is whole if asked is None or whole is None else asked is whole or asked.compare(whole)


@cache
def _without_encrypted(model: Any) -> tuple[ExecutableOption, ...]:
    """Give the options that leave the encrypted columns of a model unread."""
    columns = model.__mapper__.column_attrs
    return tuple(defer(getattr(model, column.key)) for column in columns if isinstance(column.columns[0].type, EncryptedText))


def address(**changes: str | None) -> str:
    """Give the address of this list with some arguments changed; None takes one away."""
    values: dict[str, Any] = {**(request.view_args or {}), **request.args.to_dict(flat=False), **changes}
    return url_for(str(request.endpoint), **{name: value for name, value in values.items() if value is not None})
