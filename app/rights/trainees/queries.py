"""Reads of access to the training environment."""

from __future__ import annotations

from datetime import date

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from app.organisations.models import Organisation
from app.rights.models import RightApplication
from app.rights.trainees.rules import ROLE
from app.users.models import AccessGrant
from app.users.queries import in_force


def access_of(session: Session, user_id: int, on: date) -> AccessGrant | None:
    """Give the person's access in force on a day, the longest one."""
    return session.scalars(
        select(AccessGrant).where(AccessGrant.user_id == user_id, AccessGrant.role == ROLE, in_force(on)).order_by(AccessGrant.valid_to.desc())
    ).first()


def is_waiting(session: Session, user_id: int) -> bool:
    """Tell whether an application of the person waits to be decided."""
    waiting = exists().where(RightApplication.user_id == user_id, RightApplication.role == ROLE, RightApplication.state == "SENT")
    return bool(session.scalar(select(waiting)))


def is_taken(session: Session, email: str) -> bool:
    """Tell whether an account has this address, or is called by it."""
    same = (func.lower(User.username) == email.lower()) | (func.lower(User.email) == email.lower())
    return bool(session.scalar(select(exists().where(same))))


def agency(session: Session) -> Organisation:
    """Give the national agency, which decides who trains."""
    return session.scalars(select(Organisation).where(Organisation.kind == "NATIONAL_AGENCY").order_by(Organisation.code)).one()


def ended_trainees(session: Session, on: date) -> list[User]:
    """Give the accounts in use that had access, have none on a day or later, and wait for none."""
    had = exists().where(AccessGrant.user_id == User.id, AccessGrant.role == ROLE)
    has = exists().where(
        AccessGrant.user_id == User.id, AccessGrant.role == ROLE, AccessGrant.ended_at.is_(None),
        AccessGrant.valid_to.is_(None) | (AccessGrant.valid_to >= on),
    )  # fmt: skip
    waits = exists().where(RightApplication.user_id == User.id, RightApplication.role == ROLE, RightApplication.state == "SENT")
    return list(session.scalars(select(User).where(User.active.is_(True), had, ~has, ~waits).order_by(User.id)))
