"""What goes along with requests of a session: writing down that it is used, and saying why it is over."""

from __future__ import annotations

import structlog
from flask import Flask, Response, current_app, flash, g, request
from flask import session as web_session
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.exc import SQLAlchemyError

from app.db.base import db
from app.users.session_actions import EndReason, touch_session, why_over

log = structlog.get_logger()


def _sentence(reason: EndReason) -> str:
    settings = current_app.config["KOTO"]
    if reason is EndReason.UNUSED:
        minutes = settings.session_idle_minutes
        return ngettext("You were signed out because the session had been unused for %(num)d minute.",
                        "You were signed out because the session had been unused for %(num)d minutes.", minutes)  # fmt: skip
    if reason is EndReason.TOO_OLD:
        hours = settings.session_hours
        return ngettext("You were signed out because %(num)d hour had passed since you signed in.",
                        "You were signed out because %(num)d hours had passed since you signed in.", hours)  # fmt: skip
    return {
        EndReason.SIGNED_OUT: _("You have signed out."),
        EndReason.ENDED_ELSEWHERE: _("You ended this session on another device."),
        EndReason.NEW_PASSWORD: _("You were signed out because the password of your account was changed. Sign in with the new one."),
        EndReason.SECOND_FACTOR: _("You were signed out because your two-step sign-in was reset."),
        EndReason.ENDED_BY_OPERATOR: _("Those who run the service ended your session. Sign in again."),
        EndReason.UNKNOWN: _("Your session has ended."),
    }[reason]


def say_why_over() -> None:
    """Tell on the next page, once, why the session of this browser opens nothing any more; a program reads no sentences."""
    token = web_session.get("token")
    if not token:
        return
    # The token is forgotten, so that the sentence is told once.
    for name in ("token", "_user_id", "_fresh", "_id"):
        web_session.pop(name, None)
    reason = why_over(db.session, token)
    if not request.path.startswith("/api/"):
        flash(_sentence(reason), "warning")


def register_session_watch(app: Flask) -> None:
    """Write down the use of a session after the page is made, in a transaction of its own, at most once a minute."""

    @app.after_request
    def note(response: Response) -> Response:
        # Asked first: a look at the cookie would make a static file differ from reader to reader (`Vary`).
        if g.pop("is_touch_due", False) and "token" in web_session:
            try:
                # What the request left uncommitted must not be kept with it.
                db.session.rollback()
                touch_session(db.session, web_session["token"])
                db.session.commit()
            except SQLAlchemyError as fault:
                db.session.rollback()
                log.error("session_use_not_recorded", kind=type(fault).__name__)
        return response
