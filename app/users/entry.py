"""The last step of every way of signing in: a session of its own, and the person's language."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlsplit

import structlog
from flask import redirect, request
from flask import session as web_session
from flask_login import login_user

from app.db.base import db
from app.users.device import device_of
from app.users.models import UserProfile
from app.users.session_actions import end_session, open_session
from app.web.language import LANGUAGES, speak

log = structlog.get_logger()


def safe_next(target: str | None) -> str:
    """Give the address to go to after sign-in; anything but a path of ours becomes the front page."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or urlsplit(target).netloc:
        return "/"
    return target


def enter(user: Any, *, has_second_factor: bool = False) -> None:
    """Sign a person in whose every step was right, and commit; what the browser was signed in with before is over."""
    end_session(db.session, web_session.get("token"))
    token = open_session(db.session, user, date.today(), device=device_of(request.headers.get("User-Agent", "")), has_second_factor=has_second_factor)
    profile = db.session.get(UserProfile, user.id)
    language = profile.language if profile and profile.language in LANGUAGES else web_session.get("locale")
    db.session.commit()
    web_session.clear()
    web_session["token"] = token
    if language:
        speak(language)
    login_user(user)
    log.info("signed_in", user=user.id, second_factor=has_second_factor)


def onward() -> Any:
    """Give the answer that leads to where the person was going."""
    return redirect(safe_next(request.args.get("next")), 303)
