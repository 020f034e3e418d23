"""A user's own language, kept with the account."""

from __future__ import annotations

from flask_login import current_user
from sqlalchemy import update

from app.access.actor import current_actor
from app.db.base import db
from app.users.models import UserProfile


def remember_language(language: str) -> None:
    """Keep the language with the signed-in user's account, so that it is there at the next sign-in."""
    if current_user.is_authenticated:
        actor = current_actor()
        user_id = actor.user_id if actor else int(current_user.id)
        db.session.execute(update(UserProfile).where(UserProfile.user_id == user_id).values(language=language))
        db.session.commit()
