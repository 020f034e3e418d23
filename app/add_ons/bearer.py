"""Requests of programs: who acts by the token in `Authorization`, and how often. No cookie is read or set."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import structlog
from flask import Flask, Response, abort, g, request
from sqlalchemy.exc import SQLAlchemyError

from app.access.wall import arm
from app.add_ons.actions import note_use
from app.add_ons.queries import Shown, shown_token
from app.add_ons.scopes import pairs_of_scopes
from app.codes.keeping import keep_up
from app.db.base import db
from app.db.types import now
from app.users.acting import actor_by, allowed_in
from app.users.queries import TOUCH_EVERY, permissions_of_role
from app.web.language import current_language
from app.web.switches import without_what_is_off

# What is everybody's, where a token adds nothing.
_OPEN = ("open_figures", "described")
# Longer than any token of ours; what is longer is not looked up.
_LONGEST = 100

log = structlog.get_logger()


class Program(NamedTuple):
    """The token and the right that a program's request goes by."""

    token_id: str
    grant_id: str
    is_touch_due: bool


def _sent() -> str | None:
    """Give the token of the request; none outside the API, nor where nobody needs one."""
    if not request.path.startswith("/api/v1/") or request.blueprint in _OPEN:
        return None
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def load_program() -> None:
    """Load whoever acts by a token, before anything asks for the person of a session. 401 for a token that opens nothing.

    A request with a token is no browser's, so it needs no form token, and a cookie beside it is not read.
    """
    token = _sent()
    if token is None:
        return
    g.is_program = True
    found = shown_token(db.session, token, date.today()) if 0 < len(token) <= _LONGEST else None
    if found is None:
        log.warning("api_token_refused", request=g.get("request_id"))
        abort(401)
    _let_act(found)


def _let_act(found: Shown) -> None:
    keep_up(db.session, found.edition)
    g._login_user, g.shared_version = found.user, found.shared_version
    g.actor = actor_by(found.user, found.right, current_language(), None)
    held = permissions_of_role(db.session, found.right.role) & pairs_of_scopes(found.scope_lines.split("\n"))
    g.permissions = without_what_is_off(allowed_in(held, found.right.kind))
    g.scope = g.actor.scope
    is_due = found.last_used_at is None or now() - found.last_used_at > TOUCH_EVERY
    g.program = Program(found.token_id, found.right.grant_id, is_due)
    arm(db.session)


def program_key() -> str:
    """Give what requests of a program are counted by."""
    return f"token:{g.program.token_id}"


def is_no_program() -> bool:
    """Tell whether the request is a person's, which no limit of programs concerns."""
    return "program" not in g


def register_use(app: Flask) -> None:
    """Write down the use of a token after the answer is made, in a transaction of its own, at most once a minute."""

    @app.after_request
    def note(response: Response) -> Response:
        used: Program | None = g.get("program")
        if used is not None and used.is_touch_due:
            try:
                # What the request left uncommitted must not be kept with it.
                db.session.rollback()
                note_use(db.session, used.token_id, used.grant_id)
                db.session.commit()
            except SQLAlchemyError as fault:
                db.session.rollback()
                log.error("token_use_not_recorded", kind=type(fault).__name__)
        return response
