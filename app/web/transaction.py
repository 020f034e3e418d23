"""One transaction for a change and its audit event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from app.access.actor import current_actor
from app.audit.record import record_event


def changed_fields(item: Any) -> list[str]:
    """Give the names of columns that differ from what the database holds."""
    state = inspect(item)
    return [column.key for column in state.mapper.column_attrs if state.attrs[column.key].history.has_changes()]


def client_ids_of(item: Any) -> set[str]:
    """Give the keys of the clients a row belongs to, none for a row outside the scope."""
    keys = getattr(item, "scope_keys", None)
    return keys() if keys else set()


def version_of(item: Any) -> int | None:
    """Give the version of a row as it is now, None for a row that counts none."""
    return getattr(item, "version", None)


def stamp(item: Any, *, is_new: bool) -> None:
    """Write the controller and the person into the row's own record."""
    actor = current_actor()
    if actor is None or not hasattr(item, "created_by"):
        return
    if is_new:
        item.created_by = actor.user_id
        item.org_id = item.org_id or actor.organisation_id
    item.changed_by = actor.user_id


@dataclass(frozen=True)
class Change:
    """A row to write or to delete, and the name of its event."""

    item: Any
    event: str
    is_new: bool = False
    is_removed: bool = False


def keep(session: Session, item: Any, event: str, *, is_new: bool) -> None:
    """Write `item` and its event, then commit both or neither. Raises as `keep_changes` does."""
    keep_changes(session, [Change(item, event, is_new=is_new)])


def keep_all(session: Session, items: Iterable[Any], event: str) -> None:
    """Write changed rows with an event each, then commit all or none. Raises as `keep_changes` does."""
    keep_changes(session, (Change(item, event) for item in items))


def remove(session: Session, item: Any, event: str) -> None:
    """Delete `item` with its event in one transaction. Raises as `keep_changes` does."""
    keep_changes(session, [Change(item, event, is_removed=True)])


def keep_changes(session: Session, changes: Iterable[Change]) -> None:
    """Make the changes in their order with an event each, then commit all or none.

    Raises what the database raises: IntegrityError, StaleDataError when somebody saved first.
    """
    with _all_or_nothing(session):
        for change in changes:
            _delete(session, change) if change.is_removed else _write(session, change)


def _write(session: Session, change: Change) -> None:
    item = change.item
    stamp(item, is_new=change.is_new)
    fields = changed_fields(item)
    session.add(item)
    session.flush()
    record_event(session, change.event, client_ids=client_ids_of(item), row_id=str(item.id), version=version_of(item), fields=fields)


def _delete(session: Session, change: Change) -> None:
    clients, key, version = client_ids_of(change.item), str(change.item.id), version_of(change.item)
    session.delete(change.item)
    session.flush()
    record_event(session, change.event, client_ids=clients, row_id=key, version=version)


@contextmanager
def _all_or_nothing(session: Session) -> Iterator[None]:
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
