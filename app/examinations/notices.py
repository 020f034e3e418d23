"""Letters of an examination, in the receiver's language. They tell that something waits, never of a client or another person."""

from __future__ import annotations

from flask import current_app
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.mail.outbox import Letter, queue
from app.users.models import UserProfile

_SUBJECTS = {
    "FINDING_ASKED": _l("You are asked to explain an event of the log"),
    "FINDING_DECIDED": _l("The examination of an event of the log has ended"),
    "FINDING_EXPLAINED": _l("An explanation that you asked for was given"),
    "FINDING_REPORTED": _l("The national agency has reported a finding of the log"),
}
_BODY = _l("%(subject)s.\nSee more in Koto-digi: %(address)s\nThis message was sent automatically. Do not answer it.")


def tell(session: Session, kind: str, *, user_id: int, path: str) -> None:
    """Queue a letter to one person; nothing is queued for a person whose address is not known. The caller commits."""
    profile = session.get(UserProfile, user_id)
    if profile is None or not profile.email:
        return
    language, site = profile.language or "fi", str(current_app.config["KOTO"].public_url or "").rstrip("/")
    with force_locale(language):
        subject = str(_SUBJECTS[kind])
        body = str(_BODY) % {"subject": subject, "address": site + path}
    queue(session, Letter(kind=kind, language=language, receiver=profile.email, subject=subject, body=body, user_id=user_id))
