"""Reads of an organisation's own roles and of who holds them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.users.models import AccessGrant, LocalRole
from app.users.queries import of_person


def grants_of_role(session: Session, organisation_id: str, role: str, on: date) -> list[AccessGrant]:
    """Give the rights of a role that an organisation's people hold and that are in force on a day or later, by the holder's name."""
    found = session.scalars(
        select(AccessGrant).where(
            AccessGrant.organisation_id == organisation_id, AccessGrant.role == role, AccessGrant.ended_at.is_(None),
            (AccessGrant.valid_to.is_(None)) | (AccessGrant.valid_to >= on), of_person(),
        )
    )
    return sorted(found, key=lambda grant: grant.person.casefold())


def holders_of(session: Session, role: LocalRole, on: date) -> list[AccessGrant]:
    """Give the rights that a change of an organisation's own role touches."""
    return [grant for grant in grants_of_role(session, role.org_id, role.base, on) if grant.local_role_id == role.id]


def local_roles_of(session: Session, organisation_id: str) -> list[LocalRole]:
    """Give an organisation's own roles by their Finnish name."""
    return list(session.scalars(select(LocalRole).where(LocalRole.org_id == organisation_id).order_by(LocalRole.name_fi)))
