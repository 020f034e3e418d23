"""Letters at each step of a right's life, in the receiver's language. No client and no other person's data is in them."""

from __future__ import annotations

from collections.abc import Iterable

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.codes.lists import label
from app.mail.outbox import Letter, queue
from app.organisations.models import Organisation
from app.users.models import AccessGrant, UserProfile

_SUBJECTS = {
    "TO_DECIDE": _l("An application for a right waits for your decision"),
    "APPLIED": _l("Your application was received"),
    "GRANTED": _l("Your right was granted"),
    "OPENED": _l("Your right is open"),
    "REFUSED": _l("Your application was refused"),
    "ENDED": _l("Your right has ended"),
    "INVITED": _l("You are invited to apply for a right"),
    "REMINDED_4_WEEKS": _l("Your right ends in four weeks"),
    "REMINDED_1_WEEK": _l("Your right ends in a week"),
    "FLAGGED_UNUSED": _l("Your right has not been used"),
    "CONFIRMATION_ASKED": _l("A right waits for you to confirm that it is needed"),
}
_BODY = _l("Role: %(role)s\nOrganisation: %(organisation)s\n%(note)s\nSee more in Koto-digi: %(address)s\nThis message was sent automatically. Do not answer it.")


def _site() -> str:
    return str(current_app.config["KOTO"].public_url or "").rstrip("/")


def queue_letter(kind: str, session: Session, *, email: str, language: str, role: str, organisation_id: str, path: str, note: str = "",
                 user_id: int | None = None) -> None:  # fmt: skip
    """Queue a letter to an address; the caller commits."""
    organisation = session.get_one(Organisation, organisation_id).name_in(language)
    with force_locale(language):
        reasons = _("Reason: %(reason)s", reason=note) + "\n" if note else ""
        values = {"role": label("ROLE", role, language), "organisation": organisation, "note": reasons, "address": _site() + path}
        queue(session, Letter(kind=kind, language=language, receiver=email, subject=str(_SUBJECTS[kind]), body=str(_BODY) % values, user_id=user_id))


def tell(session: Session, kind: str, *, user_id: int, role: str, organisation_id: str, note: str = "", path: str = "/my-rights/") -> None:
    """Queue a letter to one person; nothing is queued for a person whose address is not known. The caller commits."""
    profile = session.get(UserProfile, user_id)
    if profile is not None and profile.email:
        queue_letter(kind, session, email=profile.email, language=profile.language or "fi", role=role, organisation_id=organisation_id,
                     path=path, note=note, user_id=user_id)  # fmt: skip


def tell_administrators(session: Session, kind: str, grants: Iterable[AccessGrant], *, role: str, organisation_id: str, path: str) -> None:
    """Queue a letter to each of those who decide."""
    for user_id in sorted({grant.user_id for grant in grants}):
        tell(session, kind, user_id=user_id, role=role, organisation_id=organisation_id, path=path)
