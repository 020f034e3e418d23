"""Reads of the queue: whom a person covers, the load of each worker, and what digests and calendars tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.obligations.models import ClientObligation as Row
from app.work_queue.models import Absence
from app.work_queue.rules import SOON_DAYS, Away


def waits_on(today: date) -> Any:
    """Give the condition of what stands in the queue on a day: open, a caseworker's, and if it is warned of, warned of by now."""
    return and_(Row.in_queue, or_(Row.warn_on.is_(None), Row.warn_on <= today))


def covered_by(session: Session, user_id: int, org_id: str, today: date) -> Sequence[Any]:
    """Give (user, name, last day) of each colleague away whom a person covers on a day."""
    found = select(Absence.user_id, User.last_name + " " + User.first_name, Absence.ends_on).join(User, User.id == Absence.user_id)
    found = found.where(Absence.cover_id == user_id, Absence.org_id == org_id, Absence.starts_on <= today, Absence.ends_on >= today)
    return session.execute(found.order_by(User.last_name, User.first_name)).all()


def absences_of(session: Session, org_id: str, *, but: str | None) -> list[Away]:
    """Give the absences of an organisation, leaving out the one with the key `but`."""
    found = select(Absence.user_id, Absence.cover_id, Absence.starts_on, Absence.ends_on).where(Absence.org_id == org_id)
    return [Away(*row) for row in session.execute(found.where(Absence.id != but) if but else found)]


class Load(NamedTuple):
    """A worker's open clients, what is late, what falls due within a week, and the last day away when away now."""

    user_id: int | None
    name: str | None
    clients: int
    late: int
    soon: int
    away_to: date | None


def load_of_workers(session: Session, org_id: str, today: date, closed: Sequence[str]) -> list[Load]:
    """Give the load of each worker of an organisation, most late first; clients of nobody stand under None. Three statements."""
    clients = select(Client.responsible_worker_id, func.count()).where(Client.org_id == org_id, Client.status.not_in(closed), Client.merged_into_id.is_(None)).group_by(Client.responsible_worker_id)
    late, soon = func.sum(case((Row.due_on < today, 1), else_=0)), func.sum(case((Row.due_on >= today, 1), else_=0))
    due = select(Row.worker_id, late, soon).where(waits_on(today), Row.org_id == org_id, Row.due_on <= today + timedelta(days=SOON_DAYS)).group_by(Row.worker_id)
    counts: dict[int | None, list[int]] = {}
    for worker, number in session.execute(clients):
        counts.setdefault(worker, [0, 0, 0])[0] = int(number)
    for worker, behind, ahead in session.execute(due):
        counts.setdefault(worker, [0, 0, 0])[1:] = [int(behind or 0), int(ahead or 0)]
    away = select(Absence.user_id, func.max(Absence.ends_on).label("to")).where(Absence.starts_on <= today, Absence.ends_on >= today).group_by(Absence.user_id).subquery()
    people = select(User.id, User.last_name + " " + User.first_name, away.c.to).outerjoin(away, away.c.user_id == User.id)
    named = {key: (name, to) for key, name, to in session.execute(people.where(User.id.in_([key for key in counts if key])))}
    found = []
    for key, (number, behind, ahead) in counts.items():
        name, to = named.get(key, (None, None))
        found.append(Load(key, name, number, behind, ahead, to))
    return sorted(found, key=lambda one: (-one.late, -one.soon, one.name or ""))


def counts_of(session: Session, user_ids: Sequence[int], org_id: str, today: date) -> tuple[int, int]:
    """Give how many obligations of these workers are late, and how many fall due within a week."""
    late, soon = func.sum(case((Row.due_on < today, 1), else_=0)), func.sum(case((Row.due_on >= today, 1), else_=0))
    found = select(late, soon).where(waits_on(today), Row.org_id == org_id, Row.worker_id.in_(user_ids), Row.due_on <= today + timedelta(days=SOON_DAYS))
    behind, ahead = session.execute(found).one()
    return int(behind or 0), int(ahead or 0)
