"""A calendar of due days that a worker's own calendar program subscribes to. No name and no key of a client is in it.

The address itself is the secret: whoever has it sees how many limits fall on which days, and no more. It dies with the right.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from flask_login import current_user
from icalendar import Calendar, Event
from sqlalchemy import func, select

from app.access.actor import Scope, acting_scope, current_actor
from app.access.wall import arm
from app.audit.record import record_event
from app.db.base import db
from app.obligations.models import ClientObligation as Row
from app.users.models import AccessGrant, UserProfile
from app.users.queries import in_force
from app.users.relations import CASEWORK_ROLES
from app.work_queue.models import QueueCalendar
from app.work_queue.queries import waits_on

AHEAD, BEHIND = timedelta(days=180), timedelta(days=365)

my_calendar = Blueprint("my_calendar", __name__)


@my_calendar.before_request
def signed_in() -> Any:
    """Let in whoever has signed in; the calendar itself is known by its address."""
    if current_user.is_authenticated or request.endpoint == "my_calendar.feed":
        return None
    return redirect(url_for("SignInView.login", next=url_for("my_calendar.shown")), 303)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@my_calendar.get("/my-calendar")
def shown() -> Any:
    """Tell whether the reader has a calendar; its address is shown once, when it is made."""
    made = db.session.get(QueueCalendar, current_user.id)
    return render_template("koto/my_calendar.html", title=_("Calendar of due days"), made=made is not None, address=None)


@my_calendar.post("/my-calendar")
def make() -> Any:
    """Make a new address; the one before stops working."""
    if current_actor() is None:
        abort(403)
    token = secrets.token_urlsafe(32)
    row = db.session.get(QueueCalendar, current_user.id) or QueueCalendar(user_id=current_user.id)
    row.token_digest = _digest(token)
    db.session.add(row)
    record_event(db.session, "queue_calendar:changed", row_id=str(current_user.id))
    db.session.commit()
    site = str(current_app.config["KOTO"].public_url or "").rstrip("/")
    address = site + url_for("my_calendar.feed", token=token, _external=not site)
    return render_template("koto/my_calendar.html", title=_("Calendar of due days"), made=True, address=address)


@my_calendar.post("/my-calendar/end")
def end() -> Any:
    """End the calendar."""
    row = db.session.get(QueueCalendar, current_user.id)
    if row is not None:
        db.session.delete(row)
        record_event(db.session, "queue_calendar:deleted", row_id=str(current_user.id))
        db.session.commit()
    flash(_("The calendar has ended. Remove it from your calendar program too."), "success")
    return redirect(url_for("my_calendar.shown"), 303)


@my_calendar.get("/calendar/<token>.ics")
def feed(token: str) -> Any:
    """Give the calendar of the address; an unknown one, and one whose person has no right now, does not exist."""
    today = date.today()
    found = db.session.execute(
        select(QueueCalendar.user_id, AccessGrant.organisation_id, UserProfile.language)
        .join(AccessGrant, AccessGrant.user_id == QueueCalendar.user_id)
        .outerjoin(UserProfile, UserProfile.user_id == QueueCalendar.user_id)
        .where(QueueCalendar.token_digest == _digest(token), AccessGrant.role.in_(CASEWORK_ROLES), in_force(today))
        .order_by(AccessGrant.valid_from)
    ).first() or abort(404)
    user_id, org_id, language = found
    with acting_scope(Scope(org_id)):
        arm(db.session)
        days = db.session.execute(
            select(Row.due_on, func.count())
            .where(waits_on(today), Row.worker_id == user_id, Row.org_id == org_id, Row.due_on >= today - BEHIND, Row.due_on <= today + AHEAD)
            .group_by(Row.due_on).order_by(Row.due_on)
        ).all()
    with force_locale(language or "fi"):
        body = _as_calendar(days)
    return current_app.response_class(body, mimetype="text/calendar", headers={"Cache-Control": "private, max-age=900"})


def _as_calendar(days: Any) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Koto-digi//EN")
    calendar.add("version", "2.0")
    for day, number in days:
        event = Event()
        event.add("uid", f"{day.isoformat()}@koto-digi")
        event.add("dtstart", day)
        event.add("dtstamp", day)
        event.add("summary", ngettext("%(num)d time limit in the work queue", "%(num)d time limits in the work queue", number))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
