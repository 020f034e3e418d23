"""What a run reads: the readings of a period, the work that may explain them, and the rights they were made by.

Four statements at most, whatever the number of events. On PostgreSQL functions give what the keeper of the log may know of
clients (migration 0016); the selects below say the same for SQLite.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import Boolean, Integer, Select, String, and_, case, column, func, or_, select, union_all
from sqlalchemy.orm import Session

from app.access.membership import ClientMembership
from app.assessments.models import Assessment
from app.audit.models import AuditEvent, AuditEventClient
from app.clients.facts import Note
from app.clients.models import Client
from app.db.types import UtcDateTime
from app.examinations.rules import Reading, Right
from app.plans.models import IntegrationPlan
from app.reviews.models import PlanReview
from app.users.models import AccessGrant

Moments = tuple[datetime, datetime]
Pairs = set[tuple[int, str]]
Tasks = dict[tuple[int, str], list[datetime]]
Rights = dict[tuple[int, str | None, str | None], list[Right]]
LISTS = ("listed", "searched")
WORK = ("added", "agreed", "changed", "completed", "deleted", "interview_written", "review_planned", "taken")
_AT_ONCE = 5000
_event, _touched, _user = AuditEvent.__table__, AuditEventClient.__table__, User.__table__
_client, _membership, _grant = Client.__table__, ClientMembership.__table__, AccessGrant.__table__
_READING: tuple[tuple[str, Any], ...] = (
    ("event_id", String), ("at", UtcDateTime), ("name", String), ("user_id", Integer), ("role", String), ("organisation_id", String),
    ("client_id", String), ("reader_given", String), ("reader_family", String), ("client_family", String), ("client_given", String),
    ("client_call", String), ("is_protected", Boolean), ("responsible_id", Integer), ("controller_id", String), ("is_shared", Boolean),
)  # fmt: skip
_TASK: tuple[tuple[str, Any], ...] = (("user_id", Integer), ("client_id", String), ("at", UtcDateTime))


def readings(session: Session, period: Moments, same_address: Pairs) -> Iterator[Reading]:
    """Give the events of people in a period, one for each client they touched, the oldest first; lists touch none here."""
    source: Any = _sqlite_readings(*period).subquery()
    if session.get_bind().dialect.name == "postgresql":
        source = func.audit_readings(*period).table_valued(*(column(name, kind) for name, kind in _READING))
    names = [name for name, _kind in _READING]
    query = select(*(source.c[name] for name in names)).order_by(source.c.at, source.c.event_id, source.c.client_id)
    for row in session.execute(query, execution_options={"yield_per": _AT_ONCE}):
        yield Reading(**dict(zip(names, row, strict=True)), is_same_address=(row.user_id, row.client_id) in same_address)


def same_addresses(session: Session) -> Pairs:
    """Give (user, client) where the client lives at the address of a client who bears the user's name."""
    source: Any = _sqlite_same_addresses().subquery()
    if session.get_bind().dialect.name == "postgresql":
        source = func.audit_same_addresses().table_valued(column("user_id", Integer), column("client_id", String))
    return {(user_id, client_id) for user_id, client_id in session.execute(select(source.c.user_id, source.c.client_id))}


def tasks(session: Session, period: Moments, days: int) -> Tasks:
    """Give when each person did something for a client, from `days` before a period to `days` after it."""
    period = (period[0] - timedelta(days=days), period[1] + timedelta(days=days))
    source: Any = _sqlite_tasks(*period).subquery()
    if session.get_bind().dialect.name == "postgresql":
        source = func.audit_tasks(*period).table_valued(*(column(name, kind) for name, kind in _TASK))
    found: Tasks = defaultdict(list)
    for user_id, client_id, at in session.execute(select(source.c.user_id, source.c.client_id, source.c.at).distinct()):
        found[user_id, client_id].append(at)
    return found


def rights(session: Session) -> Rights:
    """Give every right by its person, role and organisation."""
    g, found = _grant.c, defaultdict(list)
    for user_id, role, organisation_id, *times in session.execute(
        select(g.user_id, g.role, g.organisation_id, g.valid_from, g.valid_to, g.opened_at, g.ended_at)
    ):
        found[user_id, role, organisation_id].append(Right(**dict(zip(("valid_from", "valid_to", "opened_at", "ended_at"), times, strict=True))))
    return found


def _deed_in(names: Sequence[str]) -> Any:
    return or_(*(_event.c.name.like(f"%:{name}") for name in names))


def _on_day(membership: Any) -> Any:
    day = func.date(_event.c.at)
    return (membership.c.valid_from <= day) & (membership.c.valid_to.is_(None) | (membership.c.valid_to >= day))


def _sqlite_same_addresses() -> Select[Any]:
    """Give users and the clients who live where a client of the user's name does."""
    own = _client.alias("own")
    first = func.lower(_user.c.first_name)
    is_named = or_(func.lower(own.c.call_name) == first, (" " + func.lower(own.c.given_names) + " ").like("% " + first + " %"))
    is_neighbour = and_(_client.c.street_address == own.c.street_address, _client.c.id != own.c.id,
                        _client.c.postal_code.is_not_distinct_from(own.c.postal_code))  # fmt: skip
    query = select(_user.c.id.label("user_id"), _client.c.id.label("client_id")).distinct()
    return query.join(own, func.lower(own.c.family_name) == func.lower(_user.c.last_name)).join(_client, is_neighbour).where(is_named)


def _sqlite_readings(first: datetime, last: datetime) -> Select[Any]:
    shared = _membership.alias("shared")
    is_named = func.lower(_client.c.family_name) == func.lower(_user.c.last_name)
    is_shared = select(shared.c.id).where(
        shared.c.client_id == _touched.c.client_id, shared.c.organisation_id == _event.c.organisation_id, shared.c.is_owner.is_(False), _on_day(shared)
    )
    return (
        select(
            _event.c.id.label("event_id"), _event.c.at, _event.c.name, _event.c.user_id, _event.c.role, _event.c.organisation_id,
            _touched.c.client_id, _user.c.first_name.label("reader_given"), _user.c.last_name.label("reader_family"),
            case((is_named, _client.c.family_name)).label("client_family"), case((is_named, _client.c.given_names)).label("client_given"),
            case((is_named, _client.c.call_name)).label("client_call"), func.coalesce(_client.c.non_disclosure, False).label("is_protected"),
            _client.c.responsible_worker_id.label("responsible_id"), _membership.c.organisation_id.label("controller_id"),
            is_shared.exists().label("is_shared"),
        )
        .join(_user, _user.c.id == _event.c.user_id)
        .outerjoin(_touched, and_(_touched.c.event_id == _event.c.id, ~_deed_in(LISTS)))
        .outerjoin(_client, _client.c.id == _touched.c.client_id)
        .outerjoin(_membership, and_(_membership.c.client_id == _touched.c.client_id, _membership.c.is_owner, _on_day(_membership)))
        .where(_event.c.at >= first, _event.c.at < last, _event.c.outcome == "DONE")
    )  # fmt: skip


def _sqlite_tasks(first: datetime, last: datetime) -> Any:
    parts = [
        select(_event.c.user_id, _touched.c.client_id, _event.c.at).join(_touched, _touched.c.event_id == _event.c.id)
        .where(_event.c.at >= first, _event.c.at < last, _event.c.outcome == "DONE", _event.c.user_id.is_not(None), _deed_in(WORK))
    ]  # fmt: skip
    for model in (Assessment, IntegrationPlan, PlanReview, Note):
        c = model.__table__.c
        for person, moment in ((c.created_by, c.created_at), (c.changed_by, c.changed_at)):
            parts.append(select(person, c.client_id, moment).where(moment >= first, moment < last, person.is_not(None)))
    return union_all(*parts)
