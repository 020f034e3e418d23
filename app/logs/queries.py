"""Reads of the log. On PostgreSQL the serving role reads through two functions that give an organisation what it may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import FromClause, column, func, select, tuple_
from sqlalchemy.orm import Session

from app.access.membership import ClientMembership
from app.audit.models import AuditEvent, AuditEventClient
from app.organisations.models import Organisation
from config import TIME_ZONE

_event, _client = AuditEvent.__table__, AuditEventClient.__table__
_user, _organisation, _membership = User.__table__, Organisation.__table__, ClientMembership.__table__


@dataclass(frozen=True, kw_only=True)
class Act:
    """An event with the names of who acted; no names for what the system did by itself."""

    id: str
    at: datetime
    name: str
    person: str | None
    role: str | None
    organisation_fi: str | None
    organisation_sv: str | None
    purpose: str
    outcome: str
    row_id: str | None
    fields: str | None


@dataclass(frozen=True)
class Period:
    """Whole days of Finland, both ends among them."""

    first: date
    last: date

    def moments(self) -> tuple[datetime, datetime]:
        """Give the moment it begins and the one before which it ends."""
        zone = ZoneInfo(TIME_ZONE)
        return datetime.combine(self.first, time(), zone), datetime.combine(self.last + timedelta(days=1), time(), zone)


def controller_of(session: Session, client_id: str, on: date) -> str | None:
    """Give the organisation that is the controller of a client (681/2023 § 78.1), None for an unknown client."""
    if session.get_bind().dialect.name == "postgresql":
        return session.scalar(select(func.audit_controller_of(client_id)))
    in_force = (_membership.c.valid_from <= on) & (_membership.c.valid_to.is_(None) | (_membership.c.valid_to >= on))
    return session.scalar(select(_membership.c.organisation_id).where(_membership.c.client_id == client_id, _membership.c.is_owner, in_force))


def acts_on_client(session: Session, client_id: str, period: Period, *, organisation_id: str, after: str | None = None, most: int) -> list[Act]:
    """Give what was done to a client's data, newest first, after the event `after`; nothing to another than the controller."""
    return _acts(session, _seen(session, organisation_id, client_id, period, after, most))


def acts_of_organisation(session: Session, organisation_id: str, period: Period, *, after: str | None = None, most: int) -> list[Act]:
    """Give what those who act for an organisation did, and were refused, newest first, after the event `after`."""
    return _acts(session, _seen(session, organisation_id, None, period, after, most))


def every_act_on_client(session: Session, client_id: str) -> list[Act]:
    """Give all that was ever done to a client's data, newest first; for the keeper of the log."""
    return _acts(session, _of_client(client_id).subquery())


def _of_client(client_id: str) -> Any:
    return select(_event).join(_client, _client.c.event_id == _event.c.id).where(_client.c.client_id == client_id)


def _seen(session: Session, organisation_id: str, client_id: str | None, period: Period, after: str | None, most: int) -> FromClause:
    first, last = period.moments()
    if session.get_bind().dialect.name == "postgresql":
        columns = [column(found.name, found.type) for found in _event.c]
        return func.audit_events_seen(organisation_id, client_id, first, last, after, most).table_valued(*columns)
    if client_id is None:
        query = select(_event).where(_event.c.organisation_id == organisation_id)
    else:
        query = _of_client(client_id).where(controller_of(session, client_id, date.today()) == organisation_id)
    query = query.where(_event.c.at >= first, _event.c.at < last)
    if after is not None:
        mark = select(_event.c.at, _event.c.id).where(_event.c.id == after).subquery()
        query = query.where(tuple_(_event.c.at, _event.c.id) < tuple_(select(mark.c.at).scalar_subquery(), select(mark.c.id).scalar_subquery()))
    found: FromClause = query.order_by(_event.c.at.desc(), _event.c.id.desc()).limit(most).subquery()
    return found


def _acts(session: Session, source: FromClause) -> list[Act]:
    e = source.c
    query = (
        select(e.id, e.at, e.name, e.role, e.purpose, e.outcome, e.row_id, e.fields, _user.c.first_name, _user.c.last_name,
               _organisation.c.name_fi, _organisation.c.name_sv)
        .select_from(source)
        .outerjoin(_user, _user.c.id == e.user_id)
        .outerjoin(_organisation, _organisation.c.id == e.organisation_id)
        .order_by(e.at.desc(), e.id.desc())
    )  # fmt: skip
    return [
        Act(id=row.id, at=row.at, name=row.name, person=f"{row.first_name} {row.last_name}" if row.last_name else None, role=row.role,
            organisation_fi=row.name_fi, organisation_sv=row.name_sv, purpose=row.purpose, outcome=row.outcome, row_id=row.row_id, fields=row.fields)
        for row in session.execute(query)
    ]  # fmt: skip
