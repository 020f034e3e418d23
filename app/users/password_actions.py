"""Writes of passwords of local accounts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash

from app.audit.record import record_event
from app.organisations.models import Organisation
from app.users.models import AccessGrant
from app.users.notices import tell_of_account
from app.users.password_rules import HASH_METHOD, Weakness, weakness_of
from app.users.session_actions import EndReason, end_sessions, renew_session


def weakness_for(session: Session, user: Any, password: str) -> Weakness | None:
    """Tell why a person's new password is not taken, None for a good one."""
    organisations = session.scalars(
        select(Organisation).join(AccessGrant, AccessGrant.organisation_id == Organisation.id).where(AccessGrant.user_id == user.id).distinct()
    )
    own = [user.username, user.first_name, user.last_name, *(name for found in organisations for name in (found.name_fi, found.name_sv))]
    return weakness_of(password, own)


def change_password(session: Session, user: Any, password: str, *, token: str | None = None) -> str | None:
    """Write a new password and end the person's sessions, but for that of `token`, which gets a new token; the caller commits."""
    user.password = generate_password_hash(password, HASH_METHOD)
    session.flush()
    end_sessions(session, user.id, EndReason.NEW_PASSWORD, but=token)
    record_event(session, "user_account:password_changed", row_id=str(user.id))
    tell_of_account(session, "PASSWORD_CHANGED", user.id)
    return renew_session(session, token, user) if token else None
