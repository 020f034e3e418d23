"""Writes of what a reader has dismissed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.notices.queries import all_announced, dismissed_by_reader
from app.notices.rules import INFORMATION, still_kept
from app.users.models import UserProfile


def dismiss(session: Session, user_id: int, key: str) -> bool:
    """Show an information to a person no more, and commit; False for what is none or cannot be dismissed. It leaves no event, as it tells of nobody."""
    known = {one.id: one.kind for one in all_announced()}
    if known.get(key) != INFORMATION:
        return False
    profile = session.get(UserProfile, user_id) or UserProfile(user_id=user_id)
    profile.dismissed = still_kept(dismissed_by_reader(), key, frozenset(known))
    session.add(profile)
    session.commit()
    return True
