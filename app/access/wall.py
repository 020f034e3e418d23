"""Row scope below the views: what every read is narrowed by, and what no write may pass.

Three walls: loader criteria on each ORM statement, a guard before each flush, and PostgreSQL's
row-level security, whose context is set here for each transaction.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, Select, String, bindparam, event, func, select, text
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from app.access.actor import current_scope
from app.access.membership import ClientMembership, ClientScoped, FollowsClient
from app.db.base import Model

_organisation = bindparam("scope_organisation", callable_=lambda: current_scope().organisation_id, type_=String)
_today = bindparam("scope_today", callable_=date.today, type_=Date)

visible_clients = select(ClientMembership.client_id).where(
    ClientMembership.organisation_id == _organisation,
    ClientMembership.valid_from <= _today,
    (ClientMembership.valid_to.is_(None)) | (ClientMembership.valid_to >= _today),
)


def visible_client_count(limit: int) -> Select[Any]:
    """Count the actor's clients up to `limit` from the memberships alone: in the order of their index, so that it stops there."""
    keys = visible_clients.distinct().order_by(ClientMembership.client_id).limit(limit).subquery()
    return select(func.count()).select_from(keys)


@cache
def _criteria() -> tuple[Any, ...]:
    """Give the criteria of every mapped class that is seen by those who see its client; read when the mappers are complete.

    One for all rows that follow a client: one for each class cost three milliseconds a page.
    """
    following = with_loader_criteria(FollowsClient, lambda cls: cls.client_id.in_(visible_clients), include_aliases=True, track_closure_variables=False)
    mapped = [mapper.class_ for mapper in Model.registry.mappers]
    others = [cls for cls in mapped if issubclass(cls, ClientScoped) and not issubclass(cls, FollowsClient)]
    return (following, *(with_loader_criteria(cls, cls.scope_key().in_(visible_clients), include_aliases=True) for cls in others))


class ForeignRowError(PermissionError):
    """A row of another organisation was about to be written."""


@event.listens_for(Session, "do_orm_execute")
def _narrow(state: ORMExecuteState) -> None:
    if current_scope().is_system or state.is_column_load:
        return
    if state.is_select or state.is_update or state.is_delete:
        state.statement = state.statement.options(*_criteria())


@event.listens_for(Session, "before_flush")
def _guard(session: Session, _context: Any, _instances: Any) -> None:
    scope = current_scope()
    if scope.is_system:
        return
    touched = [*session.new, *session.dirty, *session.deleted]
    new_clients = {
        row.client_id
        for row in session.new
        if isinstance(row, ClientMembership) and row.is_owner and row.organisation_id == scope.organisation_id
    }
    wanted: set[str] = set()
    for row in touched:
        if isinstance(row, ClientMembership) and row.organisation_id != scope.organisation_id:
            raise ForeignRowError("membership of another organisation")
        if isinstance(row, ClientMembership) and (row not in session.new or row.client_id not in _keys_of_new(session)):
            raise ForeignRowError("a membership is made with its client only")
        if isinstance(row, ClientScoped):
            wanted |= row.scope_keys()
    wanted -= new_clients
    if not wanted:
        return
    with session.no_autoflush:
        owned = visible_clients.where(ClientMembership.is_owner, ClientMembership.client_id.in_(wanted))
        found = set(session.scalars(owned))
    if wanted - found:
        raise ForeignRowError("client of another organisation")


def _keys_of_new(session: Session) -> set[str]:
    """Give the keys of clients that are made in this flush."""
    return {row.id for row in session.new if getattr(row, "__tablename__", "") == "client"}


def arm(session: Session) -> None:
    """Tell PostgreSQL whose rows this transaction may touch."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_set_context, {"organisation": current_scope().organisation_id})


_set_context = text("SELECT set_config('koto.organisation', :organisation, true)")


@event.listens_for(Session, "after_begin")
def _arm_at_begin(session: Session, _transaction: Any, connection: Any) -> None:
    scope = current_scope()
    if connection.dialect.name == "postgresql" and scope != type(scope)():
        connection.execute(_set_context, {"organisation": scope.organisation_id})
