"""Reads of obligations: the queue of a worker or of an organisation, and those of one client."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from app.obligations.models import ClientObligation as Row
from app.obligations.models import LocalNumber


def queue(*, worker_id: int | None = None, org_id: str | None = None, today: date, until: date | None = None,
          after: tuple[date, str] | None = None, only: Sequence[Any] = ()) -> Select[Any]:  # fmt: skip
    """Give the statement of the queue in the order of the days, the late ones first: a worker's own, or an organisation's.

    One that is warned of shows from its first warning on. `after` is the place of the last row seen, `only` are further conditions.
    """
    found = select(Row).where(Row.in_queue, or_(Row.warn_on.is_(None), Row.warn_on <= today), *only)
    if worker_id is not None:
        found = found.where(Row.worker_id == worker_id)
    if org_id is not None:
        found = found.where(Row.org_id == org_id)
    if until is not None:
        found = found.where(Row.due_on <= until)
    if after is not None:
        day, key = after
        # The first half lets the index begin at the place.
        found = found.where(and_(Row.due_on >= day, or_(Row.due_on > day, Row.id > key)))
    return found.order_by(Row.due_on, Row.id)


def place_of(row: Row) -> tuple[date, str]:
    """Give where the next page begins after a row."""
    return row.due_on, row.id


def read_queue(session: Session, statement: Select[Any], limit: int) -> list[Row]:
    """Read a page of the queue; each row knows its client's name."""
    return list(session.scalars(statement.limit(limit)))


def obligations_of_client(session: Session, client_id: str) -> list[Row]:
    """Give all of a client's obligations in the order of their days."""
    return list(session.scalars(select(Row).where(Row.client_id == client_id).order_by(Row.due_on, Row.rule, Row.id)))


def is_number_set(session: Session, org_id: str, setting: str, valid_from: date, *, but: str | None) -> bool:
    """Tell whether the organisation has another number for a limit from the same day."""
    query = select(LocalNumber.id).where(LocalNumber.org_id == org_id, LocalNumber.setting == setting, LocalNumber.valid_from == valid_from)
    with session.no_autoflush:
        return session.scalar(query.where(LocalNumber.id != but) if but else query) is not None
