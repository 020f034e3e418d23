"""Every night the invented records move with the day, so that a story is as old tomorrow as it is today.

Each date and moment of every table that follows a client moves by the days that have passed, with the birth dates and the
identity codes that tell them; the time limits are derived anew. It adds no row but one event of the log.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import Column, Date, DateTime, Interval, Table, UniqueConstraint, bindparam, func, literal, select, update
from sqlalchemy.orm import Session

from app.access.membership import ClientScoped
from app.audit.record import record_event
from app.clients.models import Client
from app.core.identity_code import IdentityCodeError, birth_date, check_character, normal_form
from app.db.base import Model
from app.db.types import UtcDateTime, blind_index
from app.examinations.models import LogFinding, LogFindingEvent, LogFindingReading
from app.history.models import RowVersion
from app.obligations.actions import refresh
from app.obligations.check import BATCH
from app.plans.life_models import PlanVersion
from app.rights.models import RightApplication, RightEvent
from app.training.places.models import TrainingWorld
from app.training.places.staff import NO_PASSWORD
from app.transfers.models import TransferSide
from app.users.models import AccessGrant

# Follow no client, and are of the same world: what organisations have decided, who is away, and transfers with their two sides.
ALSO_MOVED = frozenset({"client_membership", "transfer_request", "transfer_side", "transfer_escalation", "absence", "local_number", "organisation_practice"})
# Derived from the others, and derived anew.
_DERIVED = frozenset({"client_obligation"})
# Documents of rows, which hold days as text.
_DOCUMENTS = ((PlanVersion, "picture"), (RowVersion, "content"))
_DAY = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
# Days, farther than any two dates of a client are apart.
_FAR = 100_000
_CENTURIES = ("-YXWVU", "ABCDEF")


@cache
def moved_columns() -> tuple[tuple[Table, tuple[Column[Any], ...]], ...]:
    """Give the tables whose records move, with their columns of days and moments."""
    followers = {mapper.local_table.name for mapper in Model.registry.mappers if issubclass(mapper.class_, ClientScoped)}
    names = (followers | ALSO_MOVED) - _DERIVED
    tables = (table for table in Model.metadata.sorted_tables if table.name in names)
    found = ((table, tuple(column for column in table.columns if isinstance(column.type, Date | DateTime | UtcDateTime))) for table in tables)
    return tuple((table, columns) for table, columns in found if columns)


def renew(session: Session, on: date) -> dict[str, int]:
    """Move everything by the days since the last renewal; gives their number. The caller commits. The first time it only notes the day."""
    world = session.get(TrainingWorld, 1, with_for_update=True)
    if world is None:
        session.add(TrainingWorld(id=1, renewed_on=on))
        return {"days": 0}
    days = (on - world.renewed_on).days
    if days <= 0:
        return {"days": 0}
    world.renewed_on = on
    for table, columns in moved_columns():
        # Row by row a day would meet that of another row which has not moved yet: where days are unique, all go far away and come back.
        for step in (_FAR, days - _FAR) if _has_unique_days(table) else (days,):
            session.execute(update(table).values({column.name: _moved(session, column, step) for column in columns}))
    _move_rights(session, days)
    _move_office(session, days)
    _move_codes(session, days, on)
    for model, name in _DOCUMENTS:
        _move_documents(session, model, name, days)
    session.flush()
    session.expire_all()
    _derive(session, on)
    record_event(session, "training_place:aged", hits=days)
    return {"days": days}


def _has_unique_days(table: Table) -> bool:
    """Tell whether a day is part of what no two rows have."""
    together = [index.columns for index in table.indexes if index.unique]
    together += [constraint.columns for constraint in table.constraints if isinstance(constraint, UniqueConstraint)]
    return any(isinstance(column.type, Date) for columns in together for column in columns)


def _moved(session: Session, column: Any, days: int) -> Any:
    """Give the column's value so many days later."""
    if session.get_bind().dialect.name == "postgresql":
        return column + (days if isinstance(column.type, Date) else literal(timedelta(days=days), Interval()))
    return func.date(func.substr(column, 1, 10), f"{days:+d} days").concat(func.substr(column, 11))


def _move_rights(session: Session, days: int) -> None:
    """Keep the rights of invented colleagues as new as they were, so that none is found unused; other rights live in real time."""
    nobody = select(User.id).where(User.password == NO_PASSWORD)
    names = ("valid_from", "opened_at", "confirmed_on", "last_used_on")
    table: Any = AccessGrant.__table__
    session.execute(update(table).where(table.c.user_id.in_(nobody)).values({name: _moved(session, table.c[name], days) for name in names}))


def _move_office(session: Session, days: int) -> None:
    """Keep what waits for the administrator and the examiner as new as it was, as far as it is of invented people; what somebody has decided stays."""
    nobody = select(User.id).where(User.password == NO_PASSWORD)
    waiting = select(RightApplication.id).where(RightApplication.user_id.in_(nobody), RightApplication.state == "SENT")
    found = select(LogFinding.id).where(LogFinding.user_id.in_(nobody), LogFinding.state == "NEW")
    for model, condition, names in (
        (RightEvent, RightEvent.application_id.in_(waiting), ("at",)), (RightApplication, RightApplication.id.in_(waiting), ("valid_from", "valid_to", "applied_at")),
        (LogFindingReading, LogFindingReading.finding_id.in_(found), ("at",)), (LogFindingEvent, LogFindingEvent.finding_id.in_(found), ("at",)),
        (LogFinding, LogFinding.id.in_(found), ("day", "found_on", "due_on")),
    ):  # fmt: skip
        table: Any = model.__table__
        session.execute(update(table).where(condition).values({name: _moved(session, table.c[name], days) for name in names}))


def _move_codes(session: Session, days: int, on: date) -> None:
    """Make the identity codes anew for the birth dates as they have become."""
    digests: dict[str, str] = {}
    table: Any = Client.__table__
    for rows in _batches(session, select(table.c.id, table.c.identity_code, table.c.identity_code_digest).where(table.c.identity_code.is_not(None)), table.c.id):
        changed = []
        for key, code, digest in rows:
            later = code_later(code, days, on)
            digests[digest] = blind_index(later)
            changed.append({"key": key, "code": later, "digest": digests[digest]})
        _write_codes(session, table, changed)
    side: Any = TransferSide.__table__
    kept = [{"key": key, "digest": digests.get(digest, digest)} for key, digest in
            session.execute(select(side.c.id, side.c.identity_code_digest).where(side.c.identity_code_digest.is_not(None)))]  # fmt: skip
    if kept:
        session.connection().execute(update(side).where(side.c.id == bindparam("key")).values(identity_code_digest=bindparam("digest")), kept)


def _write_codes(session: Session, table: Any, changed: list[dict[str, Any]]) -> None:
    """Write new codes; one may be what another was, so the digests are taken away first."""
    own = table.c.id == bindparam("key")
    session.connection().execute(update(table).where(own).values(identity_code_digest=None), [{"key": row["key"]} for row in changed])
    session.connection().execute(update(table).where(own).values(identity_code=bindparam("code"), identity_code_digest=bindparam("digest")), changed)


def code_later(code: str, days: int, on: date) -> str:
    """Give the artificial code of the same number for a birth date so many days later; the code itself where no such one may be."""
    born = birth_date(code) + timedelta(days=days)
    individual = int(code[7:10])
    place = next((signs.index(code[6]) for signs in _CENTURIES if code[6] in signs), None)
    if place is None or individual < 900:
        return code
    sign = _CENTURIES[born.year >= 2000][place]
    try:
        return normal_form(f"{born:%d%m%y}{sign}{individual}{check_character(born, individual)}", today=on, artificial=True)
    except IdentityCodeError:
        return code


def _move_documents(session: Session, model: Any, name: str, days: int) -> None:
    """Move the days that stand in documents of rows: JSON, whose days are texts of their own."""
    table: Any = model.__table__
    for rows in _batches(session, select(table.c.id, table.c[name]), table.c.id):
        changed = [{"key": key, "text": later} for key, text in rows if (later := _DAY.sub(_later(days), text)) != text]
        if changed:
            session.connection().execute(update(table).where(table.c.id == bindparam("key")).values({name: bindparam("text")}), changed)


def _later(days: int) -> Callable[[re.Match[str]], str]:
    def later(found: re.Match[str]) -> str:
        try:
            return (date.fromisoformat(found[1]) + timedelta(days=days)).isoformat()
        except ValueError:
            return found[1]

    return later


def _batches(session: Session, query: Any, key: Any) -> Iterator[list[Any]]:
    last = ""
    while rows := session.execute(query.where(key > last).order_by(key).limit(BATCH)).all():
        last = rows[-1][0]
        yield list(rows)


def _derive(session: Session, on: date) -> None:
    """Derive every time limit anew for the moved records; nothing of it is a change that the log should tell."""
    for rows in _batches(session, select(Client.id), Client.id):
        refresh(session, [row[0] for row in rows], on, is_told=False)
