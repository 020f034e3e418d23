"""Writes of applications and rights. Each leaves an event of the right's own history, one in the log, and letters, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.audit.record import record_event
from app.db.types import new_id, now
from app.rights.models import RightApplication, RightEvent
from app.rights.notices import queue_letter, tell, tell_administrators
from app.rights.queries import administrators_of
from app.users.models import AccessGrant, UserProfile, UserSession
from app.web.drafts import Draft


def note_event(session: Session, what: str, *, by: int | None, application_id: str | None = None, grant_id: str | None = None, note: str | None = None,
               at: datetime | None = None) -> None:  # fmt: skip
    """Write what happened into the history of an application or a right, now or `at` a moment, and into the log; the caller commits."""
    session.add(RightEvent(application_id=application_id, grant_id=grant_id, what=what, by_user_id=by, note=note, at=at or now()))
    kind, key = ("access_grant", grant_id) if grant_id else ("right_application", application_id)
    # Whoever makes an account with the application has not signed in yet.
    record_event(session, f"{kind}:{what.lower()}", row_id=key, purpose="CONTROLLER", by=by)


def send_application(session: Session, application: RightApplication, *, is_decided: bool = False) -> None:
    """Send an application to those who decide it, or where it is decided with the sending to nobody; the caller commits."""
    application.id = application.id or new_id()
    session.add(application)
    session.flush()
    profile = session.get(UserProfile, application.user_id) or UserProfile(user_id=application.user_id, is_local=False)
    profile.email, profile.language = application.email, application.language
    session.add(profile)
    session.flush()
    note_event(session, "APPLIED", by=application.user_id, application_id=application.id)
    about = {"role": application.role, "organisation_id": application.organisation_id}
    tell(session, "APPLIED", user_id=application.user_id, **about)
    if is_decided:
        return
    deciders = administrators_of(session, application.grantor_id, date.today())
    tell_administrators(session, "TO_DECIDE", deciders, **about, path=f"/right-applications/show/{application.id}")


def withdraw_application(session: Session, application: RightApplication) -> None:
    """Take an application back; the caller commits. Raises StaleDataError when it was decided meanwhile."""
    application.state = "WITHDRAWN"
    session.flush()
    note_event(session, "WITHDRAWN", by=application.user_id, application_id=application.id)


def refuse_application(session: Session, application: RightApplication, *, by: int, reason: str) -> None:
    """Refuse with reasons; the caller commits. Raises StaleDataError when somebody decided first."""
    application.state, application.decided_by, application.decided_at, application.decision_reason = "REFUSED", by, now(), reason
    session.flush()
    note_event(session, "REFUSED", by=by, application_id=application.id, note=reason)
    tell(session, "REFUSED", user_id=application.user_id, role=application.role, organisation_id=application.organisation_id, note=reason)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What is granted; without a `local_role_id` the role as it is."""

    valid_from: date
    valid_to: date
    local_role_id: str | None = None
    note: str | None = None


def grant_application(session: Session, application: RightApplication, decision: Decision, *, by: int | None, opens: bool) -> AccessGrant:
    """Grant what was applied for, and open it when the agency's opening is automatic (§ 80.4); the caller commits.

    `by` is None where nobody needs to decide. Raises StaleDataError when somebody decided first.
    """
    application.state, application.decided_by, application.decided_at, application.decision_reason = "GRANTED", by, now(), decision.note
    session.flush()
    grant = AccessGrant(
        id=new_id(), user_id=application.user_id, organisation_id=application.organisation_id, grantor_id=application.grantor_id,
        role=application.role, local_role_id=decision.local_role_id, basis=application.basis, task=application.task, granted_by=by,
        valid_from=decision.valid_from, valid_to=decision.valid_to, application_id=application.id, confirmed_on=date.today(),
    )  # fmt: skip
    session.add(grant)
    session.flush()
    note_event(session, "GRANTED", by=by, application_id=application.id, grant_id=grant.id, note=decision.note)
    if opens:
        open_right(session, grant, by=None)
    else:
        tell(session, "GRANTED", user_id=grant.user_id, role=grant.role, organisation_id=grant.organisation_id)
    return grant


def open_right(session: Session, grant: AccessGrant, *, by: int | None) -> None:
    """Open a granted right (§ 80.4); `by` is None when the opening is automatic. The caller commits."""
    grant.opened_at = now()
    note_event(session, "OPENED", by=by, application_id=grant.application_id, grant_id=grant.id)
    tell(session, "OPENED", user_id=grant.user_id, role=grant.role, organisation_id=grant.organisation_id)


def end_right(session: Session, grant: AccessGrant, *, by: int | None, reason: str, note: str | None = None) -> None:
    """End a right at once: the holder's next request is without it, and its sessions and drafts go (§ 81); the caller commits."""
    grant.ended_at, grant.end_reason = now(), reason
    session.execute(delete(Draft).where(Draft.grant_id == grant.id))
    session.execute(update(UserSession).where(UserSession.grant_id == grant.id, UserSession.ended_at.is_(None)).values(ended_at=now()))
    note_event(session, "ENDED", by=by, grant_id=grant.id, note=note)
    tell(session, "ENDED", user_id=grant.user_id, role=grant.role, organisation_id=grant.organisation_id)


def shorten_right(session: Session, grant: AccessGrant, *, by: int, valid_to: date) -> None:
    """Let a right end earlier; the caller commits."""
    grant.valid_to = valid_to
    note_event(session, "SHORTENED", by=by, grant_id=grant.id)


def confirm_need(session: Session, grant: AccessGrant, *, by: int) -> None:
    """Write that the right is still needed; the caller commits."""
    grant.confirmed_on = date.today()
    note_event(session, "CONFIRMED", by=by, grant_id=grant.id)


def invite(session: Session, *, email: str, language: str, role: str, organisation_id: str, by: int, path: str) -> None:
    """Queue a letter with the address of an application; the caller commits."""
    session.add(RightEvent(what="INVITED", by_user_id=by))
    record_event(session, "right_application:invited", purpose="CONTROLLER")
    queue_letter("INVITED", session, email=email, language=language, role=role, organisation_id=organisation_id, path=path)
