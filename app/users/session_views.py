"""A person's own sessions: where they are signed in, and the end of those that they do not use or do not know."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask import session as web_session
from flask_babel import format_datetime, ngettext
from flask_babel import gettext as _
from flask_login import current_user

from app.audit.record import record_event
from app.codes.lists import label
from app.db.base import db
from app.db.types import is_id
from app.users.session_actions import EndReason, end_own_session, end_sessions
from app.users.session_queries import OwnSession, sessions_of
from app.web.language import current_language

my_sessions = Blueprint("my_sessions", __name__, url_prefix="/my-sessions")


@my_sessions.before_request
def signed_in() -> Any:
    """Let in whoever has signed in, with or without a right: everybody's sessions are their own."""
    return None if current_user.is_authenticated else redirect(url_for("SignInView.login", next=url_for("my_sessions.page")), 303)


@my_sessions.get("/")
def page() -> Any:
    shown = [_shown(found) for found in sessions_of(db.session, current_user.id, web_session["token"])]
    lead = _("Here you see where you are signed in just now. End a session that you do not use, or do not know.")
    return render_template("koto/my_sessions.html", title=_("My sessions"), lead=lead, sessions=shown)


@my_sessions.post("/end/<key>")
def ended(key: str) -> Any:
    """End one other session."""
    if not is_id(key) or not end_own_session(db.session, current_user.id, key, but=web_session["token"]):
        abort(404)
    return _noted(1)


@my_sessions.post("/end-others")
def ended_others() -> Any:
    """End every session but this one."""
    return _noted(end_sessions(db.session, current_user.id, EndReason.ENDED_ELSEWHERE, but=web_session["token"]))


def _noted(number: int) -> Any:
    record_event(db.session, "user_session:ended_elsewhere", row_id=str(current_user.id), hits=number)
    db.session.commit()
    flash(ngettext("%(num)d session was ended.", "%(num)d sessions were ended.", number), "success")
    return redirect(url_for("my_sessions.page"), 303)


def _moment(moment: datetime) -> str:
    return str(format_datetime(moment, "short"))


def _shown(found: OwnSession) -> dict[str, Any]:
    language = current_language()
    right = _("No right")
    if found.role and found.organisation:
        right = _("%(role)s, %(organisation)s", role=label("ROLE", found.role, language), organisation=found.organisation.name_in(language))
    return {
        "key": found.key, "device": found.device or _("Unknown device"), "signed_in": _moment(found.created_at), "right": right,
        "used": _("Now") if found.is_this else _moment(found.last_used_at), "is_this": found.is_this,
    }  # fmt: skip
