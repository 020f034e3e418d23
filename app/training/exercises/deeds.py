"""What a trainee has done since a moment, read from the log; on PostgreSQL through a function that gives one person's own deeds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import FromClause, String, column, func, select
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent

# So many of the latest deeds are looked at: more than a person does in an exercise.
MOST = 400
_event = AuditEvent.__table__


@dataclass(frozen=True)
class Deed:
    """An event of the log as far as an exercise asks for it; newest first wherever there are many."""

    name: str
    row_id: str | None
    criteria: frozenset[str]


def deeds_of(session: Session, user_id: int, organisations: Sequence[str], since: datetime, names: Collection[str]) -> list[Deed]:
    """Give the deeds of these names that a person did in one of the organisations, newest first; one statement."""
    source = _source(session, user_id, since)
    query = select(source.c.name, source.c.row_id, source.c.criteria, source.c.organisation_id).where(source.c.name.in_(names))
    rows = session.execute(query.order_by(source.c.at.desc()).limit(MOST))
    return [
        Deed(row.name, row.row_id and str(row.row_id), frozenset((row.criteria or "").split(",")))
        for row in rows if str(row.organisation_id) in organisations
    ]  # fmt: skip


def _source(session: Session, user_id: int, since: datetime) -> FromClause:
    if session.get_bind().dialect.name == "postgresql":
        kinds = {name: String() for name in ("name", "row_id", "criteria", "organisation_id")}
        columns = [column("at", _event.c.at.type), *(column(name, kind) for name, kind in kinds.items())]
        return func.training_deeds(user_id, since).table_valued(*columns)
    own = (_event.c.user_id == user_id) & (_event.c.at >= since) & (_event.c.outcome == "DONE")
    return select(_event).where(own).subquery()
