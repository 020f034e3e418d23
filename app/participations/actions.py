"""Writes of invitations: each with its membership, its event and its letters in one transaction."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.access.actor import current_actor
from app.access.membership import ClientMembership
from app.audit.record import record_event
from app.db.types import new_id, now
from app.participations.models import STATEMENTS, Participation
from app.participations.notices import tell
from app.participations.queries import membership_of, open_participations, participants_of
from app.web.drafts import Draft
from app.web.transaction import changed_fields, stamp


def _about(row: Participation, fields: list[str]) -> dict[str, Any]:
    """Give what the event of a change holds of an invitation."""
    return {"client_ids": [row.client_id], "row_id": row.id, "version": row.version, "fields": fields, "purpose": _purpose(row)}


def _purpose(row: Participation) -> str | None:
    """Give the participant's purpose for what it does itself; the controller's people work for their own."""
    actor = current_actor()
    return row.purpose if actor is not None and actor.is_participant else None


def membership_for(row: Participation, on: date) -> ClientMembership:
    """Make the membership that an invitation gives; it can say nothing that the invitation does not."""
    return ClientMembership(
        client_id=row.client_id, organisation_id=row.organisation_id, is_owner=False, purpose=row.purpose, valid_from=on, valid_to=row.valid_to,
        participation=row, shared_by_id=row.org_id,
    )  # fmt: skip


def invite(session: Session, row: Participation, on: date) -> None:
    """Invite a county to a matter: from now on it sees who the client is, the rest when it has accepted. The caller commits."""
    row.id, row.purpose = row.id or new_id(), f"{row.matter}_PARTICIPATION"
    stamp(row, is_new=True)
    fields = changed_fields(row)
    session.add_all([row, membership_for(row, on)])
    session.flush()
    record_event(session, "participation:invited", **_about(row, fields))
    tell(session, "INVITED", row, participants_of(session, row.organisation_id))


def accept(session: Session, row: Participation, *, by: int) -> None:
    """Take the invitation; the caller commits. Raises StaleDataError when it was ended meanwhile."""
    row.accepted_at, row.accepted_by = now(), by
    stamp(row, is_new=False)
    fields = changed_fields(row)
    session.flush()
    record_event(session, "participation:accepted", **_about(row, fields))
    tell(session, "ACCEPTED", row, [row.created_by])


def end(session: Session, row: Participation, *, how: str, by: int | None, reason: str | None = None) -> None:
    """End an invitation: the county's next request is without the client. `how` is of PARTICIPATION_END. The caller commits."""
    row.ended_at, row.ended_by, row.ended_how, row.end_reason = now(), by, how, reason
    stamp(row, is_new=False)
    is_by_county = how in ("DECLINED", "COUNTY_LEFT")
    fields = changed_fields(row)
    with session.no_autoflush:
        if is_by_county:
            # The answer first: without the membership the county cannot write it any more.
            session.flush()
        found, people = membership_of(session, row.id), participants_of(session, row.organisation_id)
        if found is not None:
            session.delete(found)
        # What was typed and not saved goes too: its form opens no more.
        session.execute(delete(Draft).where(Draft.place == f"{STATEMENTS}/add?participation={row.id}"))
        record_event(session, "participation:declined" if how == "DECLINED" else "participation:ended", **_about(row, fields))
        tell(session, "DECLINED" if how == "DECLINED" else "ENDED", row, [row.created_by] if is_by_county else people)


def end_of_matter(session: Session, *conditions: Any, review: Any = None) -> None:
    """End every invitation in force that meets the conditions, as its matter is completed; the caller commits with the matter.

    `review` is the one that completes the participation in it.
    """
    actor = current_actor()
    with session.no_autoflush:
        rows = open_participations(session, *conditions)
    for row in rows:
        if review is not None:
            row.review = review
        end(session, row, how="COMPLETED", by=actor.user_id if actor else None)
