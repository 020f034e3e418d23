"""Reads of users, grants and sessions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import func, select
from sqlalchemy.orm import Session, lazyload

from app.db.types import now
from app.organisations.models import Organisation
from app.users.models import AccessGrant, UserProfile, UserSession


def token_digest(token: str) -> str:
    """Give the digest a session is stored under."""
    return hashlib.sha256(token.encode()).hexdigest()


def password_mark(user: Any) -> str:
    """Give a mark that changes when the password does; a session made before holds the old one."""
    return hashlib.sha256((user.password or "").encode()).hexdigest()


@dataclass(frozen=True)
class SignIn:
    """An open session: whose, by which right, until when, and whether shortcuts of one key are on."""

    user: Any
    grant: AccessGrant | None
    organisation: Organisation | None
    ends: datetime
    single_keys: bool


def load_sign_in(session: Session, token: str | None, user_id: int) -> SignIn | None:
    """Give an open session, or None; one statement."""
    if not token:
        return None
    today = date.today()
    in_force = (AccessGrant.valid_from <= today) & ((AccessGrant.valid_to.is_(None)) | (AccessGrant.valid_to >= today))
    row = session.execute(
        select(User, AccessGrant, Organisation, UserSession.expires_at, UserProfile.single_keys, UserSession.password_mark)
        .join(UserSession, UserSession.user_id == User.id)
        .outerjoin(AccessGrant, (AccessGrant.id == UserSession.grant_id) & (AccessGrant.user_id == User.id) & in_force)
        .outerjoin(Organisation, Organisation.id == AccessGrant.organisation_id)
        .outerjoin(UserProfile, UserProfile.user_id == User.id)
        .where(UserSession.token_digest == token_digest(token), UserSession.ended_at.is_(None),
               UserSession.expires_at > now(), User.id == user_id, User.active.is_(True))
        .options(lazyload("*"))
    ).first()  # fmt: skip
    if row is None or row[5] != password_mark(row[0]):
        return None
    # An account without a profile has chosen nothing yet.
    return SignIn(user=row[0], grant=row[1], organisation=row[2], ends=row[3], single_keys=row[4] is not False)


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
