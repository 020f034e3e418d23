"""Writes of users: open and end sessions, keep what a person chose."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.audit.record import record_event
from app.db.types import now
from app.users.models import AccessGrant, UserProfile, UserSession
from app.users.queries import grants_in_force, is_in_force, password_mark, token_digest
from app.web.drafts import drop_old_drafts
from app.web.transaction import changed_fields

SESSION_HOURS, LONGEST_HOURS = 10, 16


def open_session(session: Session, user: Any, on: date) -> str:
    """Open a session under the right in force that was used last and give its token; expired ones go. The caller commits."""
    token = secrets.token_urlsafe(32)
    grants = grants_in_force(session, user.id, on)
    if grants:
        grants[0].last_used_on = on
    drop_old_drafts(session, user.id)
    session.execute(delete(UserSession).where(UserSession.user_id == user.id, UserSession.expires_at < now()))
    session.add(
        UserSession(
            token_digest=token_digest(token), user_id=user.id, grant_id=grants[0].id if grants else None,
            password_mark=password_mark(user), expires_at=now() + timedelta(hours=SESSION_HOURS),
        )
    )  # fmt: skip
    return token


def continue_session(session: Session, token: str | None) -> datetime | None:
    """Move the end of an open session to two hours from now, at most `LONGEST_HOURS` after it began.

    Gives the new end, None for a session that is over; the caller commits.
    """
    found = session.get(UserSession, token_digest(token)) if token else None
    if found is None or found.ended_at is not None or found.expires_at <= now():
        return None
    last = found.created_at + timedelta(hours=LONGEST_HOURS)
    found.expires_at = max(found.expires_at, min(now() + timedelta(hours=2), last))
    return found.expires_at


def act_by(session: Session, token: str | None, user_id: int, grant_id: str, on: date) -> bool:
    """Let the session act by another right of its person; False when it is not theirs or not in force. The caller commits."""
    found = session.get(UserSession, token_digest(token)) if token else None
    grant = session.get(AccessGrant, grant_id)
    if found is None or grant is None or grant.user_id != user_id or found.user_id != user_id or not is_in_force(grant, on):
        return False
    found.grant_id, grant.last_used_on = grant.id, on
    return True


def end_session(session: Session, token: str | None) -> None:
    """End the session of a token; the caller commits."""
    if token:
        session.execute(
            update(UserSession)
            .where(UserSession.token_digest == token_digest(token), UserSession.ended_at.is_(None))
            .values(ended_at=now())
        )


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
