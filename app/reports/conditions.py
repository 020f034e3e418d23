"""What held at the end of a day, told in SQL the same for every figure, from the days in the records."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_

from app.assessments.models import Assessment
from app.clients.models import Client
from app.responsibility.models import ResponsibilityPeriod

# Why a row of another municipality's client became a row of this one.
MOVED = "MOVED"


def is_client(day: date) -> ColumnElement[bool]:
    """An open relationship with this municipality, of a record that is not joined to another.

    Who moved away is a client until the day before, who moved here from that day on (docs/adr/0025).
    """
    row, period = Client, ResponsibilityPeriod
    came_later = exists().where(period.client_id == row.id, period.reason == MOVED, period.starts_on > day)
    return and_(
        row.merged_into_id.is_(None), row.relationship_started <= day, or_(row.relationship_ended.is_(None), row.relationship_ended > day),
        or_(row.archived_on.is_(None), row.archived_on > day), ~came_later,
    )  # fmt: skip


def is_standing(day: date) -> ColumnElement[bool]:
    """An assessment that had begun and was not cancelled by then; one begun by mistake never stood.

    A cancelled assessment only made the ground known, as in the time limits.
    """
    row = Assessment
    was_cancelled_later = and_(row.cancelled_on > day, or_(row.cancel_reason.is_(None), row.cancel_reason != "MISTAKE"))
    return and_(row.started_on <= day, or_(row.status != "CANCELLED", was_cancelled_later))


def is_completed(day: date) -> ColumnElement[bool]:
    """An assessment that was completed by then, also one that another client plan made needless (§ 14.5)."""
    return and_(Assessment.status == "COMPLETED", Assessment.completed_on <= day)
