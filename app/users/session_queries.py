"""Reads of a person's own sessions."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.types import now
from app.organisations.models import Organisation
from app.users.models import AccessGrant, UserSession
from app.users.queries import idle_time, token_digest


class OwnSession(NamedTuple):
    """A session in force as its person sees it; `key` is the public key of its row."""

    key: str
    created_at: datetime
    last_used_at: datetime
    device: str | None
    role: str | None
    organisation: Organisation | None
    is_this: bool


def sessions_of(session: Session, user_id: int, token: str) -> list[OwnSession]:
    """Give a person's sessions in force, that of `token` first, then the one used last."""
    moment, digest = now(), token_digest(token)
    rows = session.execute(
        select(UserSession.id, UserSession.created_at, UserSession.last_used_at, UserSession.device, AccessGrant.role, Organisation,
               UserSession.token_digest == digest)
        .outerjoin(AccessGrant, AccessGrant.id == UserSession.grant_id)
        .outerjoin(Organisation, Organisation.id == AccessGrant.organisation_id)
        .where(UserSession.user_id == user_id, UserSession.ended_at.is_(None), UserSession.expires_at > moment,
               UserSession.last_used_at > moment - idle_time())
        .order_by((UserSession.token_digest == digest).desc(), UserSession.last_used_at.desc(), UserSession.id)
    )  # fmt: skip
    return [OwnSession(*row) for row in rows]
