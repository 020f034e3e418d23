"""Whoever writes a fact writes the obligations that follow from it, in the same transaction, whichever way the fact was written."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import ORMExecuteState, Session

from app.obligations.actions import refresh
from app.obligations.models import ClientObligation, LocalNumber
from app.obligations.sources import watched_models

_KEYS = "koto_clients_to_derive"


def _touch(session: Session, client_ids: set[str]) -> None:
    session.info.setdefault(_KEYS, set()).update(client_ids)


@event.listens_for(Session, "after_flush")
def _note_rows(session: Session, _context: Any) -> None:
    """Note whose facts the flush wrote."""
    models = watched_models()
    written = [*session.new, *session.deleted, *(row for row in session.dirty if session.is_modified(row))]
    for row in written:
        if isinstance(row, models):
            _touch(session, row.scope_keys())
        elif isinstance(row, LocalNumber):
            _touch(session, _counted_by(session, row))


def _counted_by(session: Session, row: LocalNumber) -> set[str]:
    """Give the clients with a limit that the local number counts; it holds from a day on, so these are few."""
    ClientRow = ClientObligation
    rule = row.setting.partition("_")[0]
    query = select(ClientRow.client_id).where(ClientRow.org_id == row.org_id, ClientRow.rule == rule, ClientRow.start_on >= row.valid_from)
    with session.no_autoflush:
        return set(session.scalars(query))


@event.listens_for(Session, "do_orm_execute")
def _note_bulk(state: ORMExecuteState) -> None:
    """Note whose facts a statement of many rows is about to write; the unit of work sees nothing of it."""
    if not (state.is_update or state.is_delete or state.is_insert) or state.bind_mapper is None:
        return
    model: Any = state.bind_mapper.class_
    if not issubclass(model, watched_models()):
        return
    statement: Any = state.statement
    given: list[Any] = state.parameters if isinstance(state.parameters, list) else [state.parameters or {}]
    if state.is_insert:
        column = model.scope_key().key
        _touch(state.session, {row[column] for row in given if column in row})
        return
    found = select(model.scope_key()).distinct()
    if statement.whereclause is not None:
        found = found.where(statement.whereclause)
    elif keys := [row["id"] for row in given if "id" in row]:
        # Many rows by their keys.
        found = found.where(model.id.in_(keys))
    _touch(state.session, set(state.session.scalars(found)))


@event.listens_for(Session, "before_commit")
def _derive(session: Session) -> None:
    """Derive the clients noted, before the transaction is kept."""
    session.flush()
    noted: set[str] = session.info.pop(_KEYS, set())
    if noted:
        refresh(session, noted, date.today())


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(_KEYS, None)
