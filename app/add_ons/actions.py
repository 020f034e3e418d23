"""Writes of add-ons and tokens; the caller commits."""

from __future__ import annotations

import secrets
from datetime import date

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.add_ons.models import AddOn, ApiToken
from app.add_ons.queries import token_digest
from app.add_ons.scopes import role_for
from app.audit.record import record_event
from app.db.types import new_id, now
from app.rights.actions import end_right, note_event
from app.rights.notices import tell
from app.rights.rules import BASES
from app.users.models import AccessGrant, UserProfile

# How a program's token begins, so that tools that look for lost secrets know it.
PREFIX = "koto_"


def accept(session: Session, add_on: AddOn, *, by: int, reason: str | None) -> None:
    """Accept an add-on: it gets an account without a password and a right in its municipality, granted by that and opened by the national agency (§§ 75, 80)."""
    role = role_for(add_on.scopes)
    if role is None:
        raise LookupError(f"no role holds the scopes of add-on {add_on.id}")
    # The name stands where those of persons do, in the log too.
    user = User(first_name="API", last_name=add_on.name, username=f"add-on-{add_on.id}", email=f"add-on-{add_on.id}", active=True)
    session.add(user)
    session.flush()
    session.add(UserProfile(user_id=user.id, email=add_on.email, is_local=True))
    grant = AccessGrant(
        id=new_id(), user_id=user.id, organisation_id=add_on.org_id, grantor_id=add_on.org_id, role=role, is_program=True, basis=BASES[role][0], task=add_on.purpose[:300],
        granted_by=add_on.created_by, valid_from=date.today(), valid_to=add_on.valid_to, opened_at=now(), confirmed_on=date.today(),
    )  # fmt: skip
    session.add(grant)
    session.flush()
    note_event(session, "GRANTED", by=add_on.created_by, grant_id=grant.id)
    note_event(session, "OPENED", by=by, grant_id=grant.id)
    add_on.grant_id = grant.id
    _decide(session, add_on, is_accepted=True, by=by, reason=reason)
    tell(session, "OPENED", user_id=user.id, role=role, organisation_id=add_on.org_id, path=f"/add-ons/show/{add_on.id}")


def refuse(session: Session, add_on: AddOn, *, by: int, reason: str) -> None:
    """Refuse an add-on with reasons. Raises StaleDataError when somebody decided first."""
    _decide(session, add_on, is_accepted=False, by=by, reason=reason)


def _decide(session: Session, add_on: AddOn, *, is_accepted: bool, by: int, reason: str | None) -> None:
    add_on.is_accepted, add_on.decided_by, add_on.decided_at, add_on.decision_reason = is_accepted, by, now(), reason
    session.flush()
    record_event(session, "add_on:decided", row_id=add_on.id, version=add_on.version, purpose="CONTROLLER")


def end_add_on(session: Session, add_on: AddOn, *, by: int, reason: str, note: str | None) -> None:
    """End the right of an add-on and its tokens: the next request is refused."""
    if add_on.grant is not None and add_on.grant.ended_at is None:
        end_right(session, add_on.grant, by=by, reason=reason, note=note)
    session.execute(update(ApiToken).where(ApiToken.add_on_id == add_on.id, ApiToken.ended_at.is_(None)).values(ended_at=now()))
    record_event(session, "add_on:ended", row_id=add_on.id, version=add_on.version, purpose="CONTROLLER")


def issue_token(session: Session, add_on: AddOn, *, name: str, valid_to: date, by: int) -> str:
    """Make a token and give it: nobody can be shown it again."""
    token = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken(id=new_id(), add_on_id=add_on.id, org_id=add_on.org_id, name=name, valid_to=valid_to, digest=token_digest(token), created_by=by, changed_by=by)
    session.add(row)
    session.flush()
    record_event(session, "api_token:issued", row_id=row.id, purpose="CONTROLLER")
    return token


def end_token(session: Session, token: ApiToken) -> None:
    """End one token; the others of its add-on go on."""
    token.ended_at = now()
    session.flush()
    record_event(session, "api_token:ended", row_id=token.id, version=token.version, purpose="CONTROLLER")


def note_use(session: Session, token_id: str, grant_id: str) -> None:
    """Write that a token, and the right behind it, are used now."""
    # Counted as no change of the row: nobody edits it.
    session.execute(update(ApiToken).where(ApiToken.id == token_id).values(last_used_at=now(), changed_at=ApiToken.changed_at))
    session.execute(update(AccessGrant).where(AccessGrant.id == grant_id, AccessGrant.last_used_on.is_distinct_from(date.today())).values(last_used_on=date.today()))
