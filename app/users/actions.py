"""Writes of users: act by another right, keep what a person chose."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from app.audit.record import record_event
from app.users.models import AccessGrant, UserProfile, UserSession
from app.users.queries import is_in_force, token_digest
from app.web.transaction import changed_fields


def act_by(session: Session, token: str | None, user_id: int, grant_id: str, on: date) -> bool:
    """Let the session act by another right of its person; False when it is not theirs or not in force. The caller commits."""
    found = session.get(UserSession, token_digest(token)) if token else None
    grant = session.get(AccessGrant, grant_id)
    if found is None or grant is None or grant.user_id != user_id or found.user_id != user_id or not is_in_force(grant, on):
        return False
    found.grant_id, grant.last_used_on = grant.id, on
    return True


def keep_settings(session: Session, user_id: int, *, language: str, single_keys: bool) -> None:
    """Write what a person chose for themselves with its event, and commit."""
    profile = session.get(UserProfile, user_id)
    if profile is None:
        profile = UserProfile(user_id=user_id)
        session.add(profile)
    profile.language, profile.single_keys = language, single_keys
    record_event(session, "my_settings:changed", row_id=str(user_id), fields=changed_fields(profile))
    session.commit()


def is_local(session: Session, user_id: int) -> bool:
    """Tell whether the account signs in with a password of ours (demo and break-glass accounts)."""
    profile = session.get(UserProfile, user_id)
    return profile is None or profile.is_local
