"""Writes of when a reader looked."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.db.types import now
from app.users.models import UserProfile


def mark_seen(session: Session, user_id: int) -> None:
    """Write that a person has seen what is new, and commit. It leaves no event, as it tells of nobody else."""
    profile = session.get(UserProfile, user_id) or UserProfile(user_id=user_id)
    profile.news_seen_at = now()
    session.add(profile)
    session.commit()
