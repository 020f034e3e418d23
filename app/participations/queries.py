"""Reads of invitations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import g
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.access.membership import ClientMembership
from app.clients.models import Client
from app.clients.protection import remember_protected
from app.participations.models import CountyStatement, Participation
from app.users.models import AccessGrant
from app.users.queries import in_force

# Whose data an event is about → the matter it belongs to; anything else belongs to whatever the county was last invited to.
_MATTER_OF = {
    "assessment": "ASSESSMENT", "plan": "PLAN", "goal": "PLAN", "planned_service": "PLAN",
    "plan_review": "REVIEW", "reviewed_goal": "REVIEW", "hindrance": "REVIEW",
}  # fmt: skip


@dataclass(frozen=True)
class Held:
    """An invitation in force that the reader's organisation holds to a client."""

    matter: str
    profile: str
    purpose: str
    is_accepted: bool


def held(session: Session, client_ids: Iterable[str]) -> dict[str, list[Held]]:
    """Give the reader's invitations in force to each client, newest first; one statement for those not read in this request."""
    known: dict[str, list[Held]] = g.setdefault("participations", {})
    missing = {key for key in client_ids if key not in known}
    if missing:
        known |= {key: [] for key in missing}
        of = Participation
        query = select(of.client_id, of.matter, of.profile, of.purpose, of.accepted_at.is_not(None), Client.non_disclosure)
        with session.no_autoflush:
            found = query.join(Client, Client.id == of.client_id).where(of.client_id.in_(missing), is_in_force())
            rows = session.execute(found.order_by(of.created_at.desc(), of.id)).all()
        remember_protected({row.client_id: row.non_disclosure for row in rows})
        for key, matter, profile, purpose, is_accepted, _protected in rows:
            known[key].append(Held(matter, profile, purpose, is_accepted))
    return known


def is_in_force() -> ColumnElement[bool]:
    """Give the condition of an invitation that has not ended; its last day still counts."""
    return Participation.ended_at.is_(None) & (Participation.valid_to >= date.today())


def purposes_of(session: Session, subject: str, client_ids: Iterable[str]) -> dict[str | None, list[str]]:
    """Group clients by the purpose the reader handles them for, for an event about `subject`."""
    known, wanted = held(session, client_ids), _MATTER_OF.get(subject)
    found: dict[str | None, list[str]] = {}
    for key in client_ids:
        own = known[key]
        one = next((row for row in own if row.matter == wanted), own[0] if own else None)
        found.setdefault(one.purpose if one else None, []).append(key)
    return found


def membership_of(session: Session, participation_id: str) -> ClientMembership | None:
    """Give the membership that an invitation made, None once it is ended."""
    return session.scalar(select(ClientMembership).where(ClientMembership.participation_id == participation_id))


def open_participations(session: Session, *conditions: Any) -> list[Participation]:
    """Give the invitations in force that meet the conditions."""
    return list(session.scalars(select(Participation).where(is_in_force(), *conditions)))


def is_invited(session: Session, organisation_id: str, matter: str, row_id: str) -> bool:
    """Tell whether the organisation has an invitation in force to the matter already."""
    column = Participation.assessment_id if matter == "ASSESSMENT" else Participation.plan_id
    return bool(open_participations(session, Participation.organisation_id == organisation_id, Participation.matter == matter, column == row_id))


def statements_in(session: Session, *conditions: Any) -> list[CountyStatement]:
    """Give the statements under the participations that meet the conditions, oldest first."""
    query = select(CountyStatement).join(Participation, Participation.id == CountyStatement.participation_id).where(*conditions)
    return list(session.scalars(query.order_by(CountyStatement.stated_on, CountyStatement.created_at)))


def participants_of(session: Session, organisation_id: str) -> list[int]:
    """Give the users who take part for the organisation today."""
    found = session.scalars(
        select(AccessGrant.user_id).where(AccessGrant.organisation_id == organisation_id, AccessGrant.role == "WSC_PARTICIPANT", in_force(date.today()))
    )
    return sorted(set(found))
