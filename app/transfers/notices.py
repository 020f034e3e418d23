"""Letters of transfers, in the receiver's language. Neither the client nor the other municipality is named."""

from __future__ import annotations

from collections.abc import Iterable

from flask import current_app
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.mail.outbox import Letter, queue
from app.users.models import UserProfile

_SUBJECTS = {
    "ARRIVED": _l("A transfer of a client waits for your answer"),
    "ESCALATED": _l("A transfer of a client has not been answered in time"),
    "COMPLETED": _l("A client has moved to your municipality"),
}
_BODY = _l("%(subject)s.\nSee more in Koto-digi: %(address)s\nThis message was sent automatically. Do not answer it.")


def tell(session: Session, what: str, transfer_id: str, user_ids: Iterable[int]) -> None:
    """Queue a letter to each of the users whose address is known; the caller commits."""
    site = str(current_app.config["KOTO"].public_url or "").rstrip("/")
    for key in sorted(set(user_ids)):
        profile = session.get(UserProfile, key)
        if profile is None or not profile.email:
            continue
        language = profile.language or "fi"
        with force_locale(language):
            subject = str(_SUBJECTS[what])
            body = str(_BODY) % {"subject": subject, "address": f"{site}/transfers/show/{transfer_id}"}
        queue(session, Letter(kind=f"TRANSFER_{what}", language=language, receiver=profile.email, subject=subject, body=body, user_id=profile.user_id))
