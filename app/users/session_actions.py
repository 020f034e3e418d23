"""Writes of sessions: open, go on, end one or all; and why a session is over."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from flask import current_app
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.db.types import now
from app.users.models import UserSession
from app.users.queries import grants_in_force, idle_time, password_mark, token_digest
from app.web.drafts import drop_old_drafts


class EndReason(StrEnum):
    """Why a session is over; the next request of its browser says so."""

    SIGNED_OUT = "SIGNED_OUT"
    ENDED_ELSEWHERE = "ENDED_ELSEWHERE"
    NEW_PASSWORD = "NEW_PASSWORD"  # noqa: S105
    SECOND_FACTOR = "SECOND_FACTOR"
    ENDED_BY_OPERATOR = "ENDED_BY_OPERATOR"
    # These two are never written down: the moments in the row tell them.
    UNUSED = "UNUSED"
    TOO_OLD = "TOO_OLD"
    UNKNOWN = "UNKNOWN"


def open_session(session: Session, user: Any, on: date, *, device: str | None, has_second_factor: bool) -> str:
    """Open a session under the right in force that was used last and give its token; expired ones go. The caller commits."""
    token = secrets.token_urlsafe(32)
    grants = grants_in_force(session, user.id, on)
    if grants:
        grants[0].last_used_on = on
    drop_old_drafts(session, user.id)
    session.execute(delete(UserSession).where(UserSession.user_id == user.id, UserSession.expires_at < now()))
    session.add(
        UserSession(
            token_digest=token_digest(token), user_id=user.id, grant_id=grants[0].id if grants else None, device=device,
            password_mark=password_mark(user), expires_at=now() + timedelta(hours=current_app.config["KOTO"].session_hours),
            has_second_factor=has_second_factor,
        )
    )  # fmt: skip
    return token


def _found(session: Session, token: str | None) -> UserSession | None:
    return session.scalar(select(UserSession).where(UserSession.token_digest == token_digest(token))) if token else None


def continue_session(session: Session, token: str | None) -> datetime | None:
    """Use an open session now and give its new end, which is never later than `expires_at`; None for one that is over. The caller commits."""
    found = _found(session, token)
    if found is None or reason_of(found) is not None:
        return None
    found.last_used_at = now()
    return min(found.expires_at, found.last_used_at + idle_time())


def touch_session(session: Session, token: str) -> None:
    """Write down that a session is in use; the caller commits."""
    session.execute(update(UserSession).where(UserSession.token_digest == token_digest(token)).values(last_used_at=now()))


def reason_of(found: UserSession) -> EndReason | None:
    """Tell why a session is over, None for one that is open as far as its own row knows."""
    moment = now()
    if found.ended_at is not None:
        return EndReason(found.end_reason or EndReason.UNKNOWN)
    if found.expires_at <= moment:
        return EndReason.TOO_OLD
    return EndReason.UNUSED if found.last_used_at + idle_time() <= moment else None


def why_over(session: Session, token: str) -> EndReason:
    """Tell why the session of a token opens nothing; UNKNOWN for one whose row is gone, or whose account was closed."""
    found = _found(session, token)
    return (found and reason_of(found)) or EndReason.UNKNOWN


def end_session(session: Session, token: str | None) -> None:
    """End the session of a token as its person signs out; the caller commits."""
    if token:
        _end(session, EndReason.SIGNED_OUT, lambda: UserSession.token_digest == token_digest(token))


def end_own_session(session: Session, user_id: int, key: str, *, but: str) -> bool:
    """End one of a person's sessions by its public key, but never that of token `but`; False when there is none. The caller commits."""
    return _end(
        session, EndReason.ENDED_ELSEWHERE,
        lambda: (UserSession.user_id == user_id) & (UserSession.id == key) & (UserSession.token_digest != token_digest(but)),
    ) > 0  # fmt: skip


def end_sessions(session: Session, user_id: int | None, reason: EndReason, *, but: str | None = None) -> int:
    """End all sessions of a person (None: of everybody), but that of token `but`, and give how many; the caller commits."""
    kept = UserSession.token_digest != (token_digest(but) if but else "")
    return _end(session, reason, lambda: kept if user_id is None else kept & (UserSession.user_id == user_id))


def _end(session: Session, reason: EndReason, which: Callable[[], Any]) -> int:
    ended: Any = session.execute(
        update(UserSession).where(which(), UserSession.ended_at.is_(None)).values(ended_at=now(), end_reason=reason.value)
    )
    return int(ended.rowcount)


def renew_session(session: Session, token: str, user: Any) -> str:
    """Give a session a new token and the mark of the account's new password; a copy of the old cookie opens nothing. The caller commits."""
    fresh = secrets.token_urlsafe(32)
    session.execute(
        update(UserSession).where(UserSession.token_digest == token_digest(token))
        .values(token_digest=token_digest(fresh), password_mark=password_mark(user), last_used_at=now())
    )  # fmt: skip
    return fresh
