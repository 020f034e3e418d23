"""Writes of access to the training environment, over the life that every right has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash

from app.audit.record import record_event
from app.mail.models import OutgoingMail
from app.rights.actions import Decision, end_right, grant_application, note_event, send_application
from app.rights.models import RightApplication
from app.rights.queries import rights_of
from app.rights.trainees.queries import agency
from app.rights.trainees.rules import BASIS, ROLE, last_day
from app.users.actions import is_local
from app.users.models import AccessGrant, UserProfile
from app.users.password_rules import HASH_METHOD
from app.users.second_factor_actions import reset_second_factor
from app.users.session_actions import EndReason, end_sessions

_NO_PASSWORD = "!"  # noqa: S105 -- no hash, so that no password fits


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """Who wants an account; the address is its user name."""

    given_name: str
    family_name: str
    email: str
    password: str
    language: str


def make_account(session: Session, applicant: Applicant) -> Any:
    """Make the account of somebody who has none; the caller commits."""
    user = User(
        username=applicant.email.lower(), email=applicant.email.lower(), first_name=applicant.given_name, last_name=applicant.family_name, active=True,
        password=generate_password_hash(applicant.password, HASH_METHOD),
    )  # fmt: skip
    session.add(user)
    session.flush()
    session.add(UserProfile(user_id=user.id, language=applicant.language, is_local=True))
    session.flush()
    return user


def apply_for_access(session: Session, application: RightApplication, on: date, days: int, *, at_once: bool) -> AccessGrant | None:
    """Send an application for `days` from a day on; where `at_once`, grant it too. The caller commits."""
    application.role, application.basis, application.state = ROLE, BASIS, "SENT"
    application.grantor_id, application.valid_from, application.valid_to = agency(session).id, on, last_day(on, days)
    send_application(session, application, is_decided=at_once)
    if not at_once:
        return None
    return grant_application(session, application, Decision(valid_from=on, valid_to=application.valid_to), by=None, opens=True)


def renew_access(session: Session, grant: AccessGrant, on: date, days: int) -> None:
    """Let access last `days` from a day on; the caller commits."""
    grant.valid_to = last_day(on, days)
    note_event(session, "RENEWED", by=grant.user_id, grant_id=grant.id)


def end_account(session: Session, user: Any) -> None:
    """End whatever a trainee still has here; an account made here is closed and nobody's any more. The caller commits.

    An account that a directory knows stays with its directory: without a right it opens nothing.
    """
    for grant, _organisation in rights_of(session, user.id):
        if grant.ended_at is None:
            end_right(session, grant, by=None, reason="TASK_ENDED")
    session.execute(delete(OutgoingMail).where(OutgoingMail.user_id == user.id))
    session.execute(update(RightApplication).where(RightApplication.user_id == user.id).values(email=None))
    if not is_local(session, user.id):
        return
    end_sessions(session, user.id, EndReason.ENDED_BY_OPERATOR)
    reset_second_factor(session, user.id)
    # The row stays, since what was done is told by its key; who it was is nobody's business any more.
    user.username, user.email = f"ended-{user.id}", f"ended-{user.id}@training.invalid"
    user.first_name, user.last_name, user.password, user.active = "–", str(user.id), _NO_PASSWORD, False
    profile = session.scalar(select(UserProfile).where(UserProfile.user_id == user.id))
    if profile is not None:
        profile.email = None
    record_event(session, "user_account:account_ended", row_id=str(user.id), purpose="CONTROLLER")
