"""What an invitation lets its two sides write: the part of the guard that knows participants."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from app.access.membership import ClientMembership, Contribution, Invitation


def invitation_table() -> Any:
    """Give the table of invitations, read when the mappers are complete: its feature stands above."""
    return ClientMembership.participation.property.mapper.class_.__table__


def follows_invitation(row: ClientMembership) -> bool:
    """Tell whether a new membership says exactly what its invitation says, no longer and for nothing else."""
    found = row.__dict__.get("participation")
    return (
        isinstance(found, Invitation)
        and not inspect(found).deleted
        and (row.client_id, row.organisation_id, row.purpose, row.valid_to)
        == (found.client_id, found.organisation_id, found.purpose, found.valid_to)  # type: ignore[attr-defined]
        and found.ended_at is None  # type: ignore[attr-defined]
    )


def is_of_participant(session: Session, row: Any, organisation_id: str) -> bool:
    """Tell whether the organisation writes the row as a participant may: its answer, or its own contribution."""
    if isinstance(row, Contribution):
        return _may_contribute(session, row, organisation_id)
    if not isinstance(row, Invitation) or row in session.new or row in session.deleted or row.organisation_id != organisation_id:
        return False
    state = inspect(row)
    changed = {column.key for column in state.mapper.column_attrs if state.attrs[column.key].history.has_changes()}
    return changed <= row.ANSWER


def _may_contribute(session: Session, row: Contribution, organisation_id: str) -> bool:
    """Tell whether the row is new and stands under an accepted invitation in force of this organisation, for the same client."""
    found = invitation_table()
    query = select(found.c.id).where(
        found.c.id == row.participation_id, found.c.client_id == row.client_id, found.c.organisation_id == organisation_id,
        found.c.may_contribute, found.c.accepted_at.is_not(None), found.c.ended_at.is_(None), found.c.valid_to >= date.today(),
    )  # fmt: skip
    return row in session.new and session.scalar(query) is not None
