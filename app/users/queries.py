"""Reads of users, grants and sessions."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import func, select
from sqlalchemy.orm import Session, lazyload

from app.db.types import now
from app.organisations.models import Organisation
from app.users.models import AccessGrant, UserSession


def token_digest(token: str) -> str:
    """Give the digest a session is stored under."""
    return hashlib.sha256(token.encode()).hexdigest()


def password_mark(user: Any) -> str:
    """Give a mark that changes when the password does; a session made before holds the old one."""
    return hashlib.sha256((user.password or "").encode()).hexdigest()


def load_sign_in(session: Session, token: str | None, user_id: int) -> tuple[Any, AccessGrant | None, Organisation | None, datetime] | None:
    """Give user, grant, organisation and the end of an open session, or None; one statement."""
    if not token:
        return None
    today = date.today()
    in_force = (AccessGrant.valid_from <= today) & ((AccessGrant.valid_to.is_(None)) | (AccessGrant.valid_to >= today))
    row = session.execute(
        select(User, AccessGrant, Organisation, UserSession.password_mark, UserSession.expires_at)
        .join(UserSession, UserSession.user_id == User.id)
        .outerjoin(AccessGrant, (AccessGrant.id == UserSession.grant_id) & (AccessGrant.user_id == User.id) & in_force)
        .outerjoin(Organisation, Organisation.id == AccessGrant.organisation_id)
        .where(UserSession.token_digest == token_digest(token), UserSession.ended_at.is_(None),
               UserSession.expires_at > now(), User.id == user_id, User.active.is_(True))
        .options(lazyload("*"))
    ).first()  # fmt: skip
    if row is None or row[3] != password_mark(row[0]):
        return None
    return row[0], row[1], row[2], row[4]


def grants_in_force(session: Session, user_id: int, on: date) -> list[AccessGrant]:
    """Give the rights of a person in force on a day, the oldest first."""
    return list(
        session.scalars(
            select(AccessGrant)
            .where(AccessGrant.user_id == user_id, AccessGrant.valid_from <= on,
                   (AccessGrant.valid_to.is_(None)) | (AccessGrant.valid_to >= on))
            .order_by(AccessGrant.valid_from, AccessGrant.id)
        )
    )  # fmt: skip


def user_by_name(session: Session, username: str) -> Any | None:
    """Give the account of a user name, whatever its case."""
    return session.scalar(select(User).where(func.lower(User.username) == username.lower()))
