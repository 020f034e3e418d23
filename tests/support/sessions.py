"""Time passes for sessions, in tests: what happened in a session happened so much earlier."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

from app.access.actor import system_scope
from app.db.base import db
from app.users.models import UserSession


def sessions(app: Flask, username: str) -> list[Any]:
    """Give the open sessions of a person, detached, the newest first."""
    with app.app_context(), system_scope():
        rows = db.session.scalars(
            select(UserSession).join(User, User.id == UserSession.user_id)
            .where(User.username == username, UserSession.ended_at.is_(None)).order_by(UserSession.created_at.desc())
        ).all()  # fmt: skip
        db.session.expunge_all()
        return list(rows)


def pass_time(app: Flask, unused: timedelta, *, open_for: timedelta | None = None) -> None:
    """Let all open sessions lie unused for a while; they were opened as much earlier, or `open_for` in all."""
    with app.app_context(), system_scope():
        for found in db.session.scalars(select(UserSession).where(UserSession.ended_at.is_(None))):
            found.last_used_at -= unused
            found.created_at -= open_for or unused
            found.expires_at -= open_for or unused
        db.session.commit()


def forget_sessions(app: Flask, *usernames: str) -> None:
    """Take away every session of these people."""
    with app.app_context(), system_scope():
        for found in db.session.scalars(select(UserSession).join(User, User.id == UserSession.user_id).where(User.username.in_(usernames))):
            db.session.delete(found)
        db.session.commit()
