"""Row scope below the views: what every read is narrowed by, and what no write may pass.

Three walls: loader criteria on each ORM statement, a guard before each flush, and PostgreSQL's
row-level security, whose context is set here for each transaction.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, Select, String, bindparam, event, exists, false, func, select, text
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from app.access.actor import current_scope
from app.access.invitation import follows_invitation, invitation_table, is_of_participant
from app.access.membership import ClientMembership, ClientScoped, Contribution, FollowsClient, Invitation
from app.access.profiles import BEFORE_ACCEPTING, INTERVIEW_SECTIONS, profiles_with
from app.db.base import Model

_organisation = bindparam("scope_organisation", callable_=lambda: current_scope().organisation_id, type_=String)
_today = bindparam("scope_today", callable_=date.today, type_=Date)

visible_clients = select(ClientMembership.client_id).where(
    ClientMembership.organisation_id == _organisation,
    ClientMembership.valid_from <= _today,
    (ClientMembership.valid_to.is_(None)) | (ClientMembership.valid_to >= _today),
)


def visible_client_count(limit: int, model: Any) -> Select[Any]:
    """Count the actor's rows of `model`, which has one for each client, up to `limit` from the memberships: in the order of their index, so that it stops there."""
    return _count_of(limit, model, current_scope().is_participant)


@cache
def _count_of(limit: int, model: Any, is_participant: bool) -> Select[Any]:
    """Give the statement; which clients no list shows is asked of the bare table, whose criteria would ask again for the memberships that are counted."""
    keys, left_out, table = in_force() if is_participant else visible_clients, model.left_out(), model.__table__
    if left_out is not None:
        keys = keys.where(~exists().where(table.c.id == ClientMembership.client_id, left_out))
    return select(func.count()).select_from(keys.distinct().order_by(ClientMembership.client_id).limit(limit).subquery())


@cache
def in_force() -> Select[Any]:
    """Give the keys of the clients that an organisation takes part with, by an invitation that was not ended."""
    invitation = invitation_table()
    return (
        visible_clients.join(invitation, invitation.c.id == ClientMembership.participation_id)
        .where(invitation.c.organisation_id == _organisation, invitation.c.ended_at.is_(None))
    )  # fmt: skip


@cache
def _criteria() -> tuple[Any, ...]:
    """Give the criteria of every mapped class that is seen by those who see its client; read when the mappers are complete.

    One for all rows that follow a client: one for each class cost three milliseconds a page.
    """
    following = with_loader_criteria(FollowsClient, lambda cls: cls.client_id.in_(visible_clients), include_aliases=True, track_closure_variables=False)
    mapped = [mapper.class_ for mapper in Model.registry.mappers]
    others = [cls for cls in mapped if issubclass(cls, ClientScoped) and not issubclass(cls, FollowsClient)]
    return (following, *(with_loader_criteria(cls, cls.scope_key().in_(visible_clients), include_aliases=True) for cls in others))


@cache
def _criteria_of_participant() -> tuple[Any, ...]:
    """Give the criteria of an organisation that takes part by invitation: of each class the rows that its profiles show."""
    invitation = invitation_table()
    accepted = in_force().where(invitation.c.accepted_at.is_not(None))
    mapped = [mapper.class_ for mapper in Model.registry.mappers]
    return tuple(
        with_loader_criteria(cls, _shown(cls, invitation, accepted), include_aliases=True) for cls in mapped if issubclass(cls, ClientScoped)
    )  # fmt: skip


def _shown(cls: Any, invitation: Any, accepted: Any) -> Any:
    table = cls.__tablename__
    if issubclass(cls, Invitation):
        return cls.client_id.in_(in_force()) & (cls.organisation_id == _organisation)
    if table in BEFORE_ACCEPTING and not issubclass(cls, FollowsClient):
        return cls.scope_key().in_(in_force())
    if issubclass(cls, Contribution):
        return cls.client_id.in_(accepted) & cls.participation_id.in_(select(invitation.c.id).where(invitation.c.organisation_id == _organisation))
    profiles = profiles_with(table)
    shown = cls.client_id.in_(accepted.where(invitation.c.profile.in_(profiles))) if profiles else false()
    return shown & cls.section.in_(INTERVIEW_SECTIONS) if table == "interview_section" else shown


class ForeignRowError(PermissionError):
    """A row of another organisation was about to be written."""


@event.listens_for(Session, "do_orm_execute")
def _narrow(state: ORMExecuteState) -> None:
    if current_scope().is_system or state.is_column_load:
        return
    if state.is_select or state.is_update or state.is_delete:
        state.statement = state.statement.options(*(_criteria_of_participant() if current_scope().is_participant else _criteria()))


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
    with session.no_autoflush:
        for row in touched:
            if isinstance(row, ClientMembership):
                wanted |= _owner_of_membership(session, row, scope.organisation_id)
            elif isinstance(row, ClientScoped) and not is_of_participant(session, row, scope.organisation_id):
                if isinstance(row, Contribution):
                    raise ForeignRowError("a participant's row is written by the participant only, and as long as it takes part")
                wanted |= row.scope_keys()
        wanted -= new_clients
        if not wanted:
            return
        owned = visible_clients.where(ClientMembership.is_owner, ClientMembership.client_id.in_(wanted))
        if wanted - set(session.scalars(owned)):
            raise ForeignRowError("client of another organisation")


def _owner_of_membership(session: Session, row: ClientMembership, organisation_id: str) -> set[str]:
    """Give the client that must be the actor's own for the membership to be written; raise for one that never may be.

    A controller's is made with its client. A participant's is made by the controller as the invitation says, and taken
    back by the controller or given up by the participant; none is ever changed.
    """
    if row.is_owner:
        if row.organisation_id != organisation_id:
            raise ForeignRowError("membership of another organisation")
        if row not in session.new or row.client_id not in _keys_of_new(session) or row.participation_id or row.shared_by_id:
            raise ForeignRowError("a controller's membership is made with its client only")
        return set()
    if row in session.deleted and row.participation_id is not None:
        return set() if row.organisation_id == organisation_id else {row.client_id}
    if row in session.new and row.shared_by_id == organisation_id and follows_invitation(row):
        return {row.client_id}
    raise ForeignRowError("a membership of another is made and ended by its invitation only")


def _keys_of_new(session: Session) -> set[str]:
    """Give the keys of clients that are made in this flush."""
    return {row.id for row in session.new if getattr(row, "__tablename__", "") == "client"}


def arm(session: Session) -> None:
    """Tell PostgreSQL whose rows this transaction may touch."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_set_context, _context())


_set_context = text("SELECT set_config('koto.organisation', :organisation, true), set_config('koto.participant', :participant, true)")


def _context() -> dict[str, str]:
    scope = current_scope()
    return {"organisation": scope.organisation_id, "participant": "yes" if scope.is_participant else "no"}


@event.listens_for(Session, "after_begin")
def _arm_at_begin(session: Session, _transaction: Any, connection: Any) -> None:
    scope = current_scope()
    if connection.dialect.name == "postgresql" and scope != type(scope)():
        connection.execute(_set_context, _context())
