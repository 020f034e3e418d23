"""Reads of organisations and their changes; the rows are nobody's and name no client."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from app.care.organisations.models import MERGE, PLANNED, OrganisationChange
from app.organisations.models import Organisation


def changes_of(session: Session, organisation_id: str) -> Sequence[OrganisationChange]:
    """Give the changes of an organisation, and the mergers into it, the newest first; one statement."""
    of = OrganisationChange
    into = (of.successor_id == organisation_id) & (of.kind == MERGE)
    return session.scalars(select(of).where((of.organisation_id == organisation_id) | into).order_by(of.created_at.desc(), of.id)).all()


def planned_change(session: Session, organisation_id: str, *kinds: str) -> OrganisationChange | None:
    """Give a change of one of the kinds that is still to come."""
    of = OrganisationChange
    return session.scalar(select(of).where(of.organisation_id == organisation_id, of.state == PLANNED, of.kind.in_(kinds)).limit(1))


def planned_into(session: Session, organisation_id: str) -> bool:
    """Tell whether another organisation is to merge into this one."""
    of = OrganisationChange
    return bool(session.scalar(select(exists().where(of.successor_id == organisation_id, of.state == PLANNED))))


def planned_changes(session: Session) -> Sequence[OrganisationChange]:
    """Give every change that is still to be done, by its day: names first, so that a merger finds the names of its day."""
    of = OrganisationChange
    return session.scalars(select(of).where(of.state == PLANNED).order_by(of.takes_effect_on, of.kind.desc(), of.id)).all()


def is_name_taken(session: Session, kind: str, names: tuple[str, str], *, but: str | None, on: date) -> bool:
    """Tell whether another organisation of the kind that is in force on or after a day has one of the names."""
    of = Organisation
    query = exists().where(of.kind == kind, or_(of.name_fi == names[0], of.name_sv == names[1]), of.valid_to.is_(None) | (of.valid_to >= on))
    return bool(session.scalar(select(query.where(of.id != but) if but else query)))


def is_code_taken(session: Session, kind: str, code: str) -> bool:
    """Tell whether the kind has the code already, in force or not: a code is never given twice."""
    return bool(session.scalar(select(exists().where(Organisation.kind == kind, Organisation.code == code))))


def areas_in_force(session: Session, kind: str) -> Sequence[Organisation]:
    """Give the organisations of a kind that have no last day, by code."""
    return session.scalars(select(Organisation).where(Organisation.kind == kind, Organisation.valid_to.is_(None)).order_by(Organisation.code)).all()


