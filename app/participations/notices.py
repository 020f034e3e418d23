"""Letters at each step of taking part, in the receiver's language. The address in them leads to the invitation.

Neither the client nor the municipality is named: of a protected client even the municipality stays untold (661/2009 § 36).
"""

from __future__ import annotations

from collections.abc import Iterable

from flask import current_app
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.codes.lists import label
from app.mail.outbox import Letter, queue
from app.organisations.models import Organisation
from app.participations.models import Participation
from app.users.models import UserProfile

_SUBJECTS = {
    "INVITED": _l("Your wellbeing services county is invited to take part"),
    "ACCEPTED": _l("The wellbeing services county takes part"),
    "DECLINED": _l("The wellbeing services county does not take part"),
    "ENDED": _l("The part of the wellbeing services county has ended"),
}
_BODY = _l("Matter: %(matter)s\nWellbeing services county: %(county)s\n"
           "See more in Koto-digi: %(address)s\nThis message was sent automatically. Do not answer it.")  # fmt: skip


def tell(session: Session, what: str, participation: Participation, user_ids: Iterable[int | None]) -> None:
    """Queue a letter to each of the users whose address is known; the caller commits."""
    site = str(current_app.config["KOTO"].public_url or "").rstrip("/")
    with session.no_autoflush:
        county = session.get_one(Organisation, participation.organisation_id)
        profiles = [session.get(UserProfile, key) for key in sorted({key for key in user_ids if key is not None})]
    for profile in profiles:
        if profile is None or not profile.email:
            continue
        language = profile.language or "fi"
        with force_locale(language):
            values = {"matter": label("PARTICIPATION_MATTER", participation.matter, language), "county": county.name_in(language),
                      "address": f"{site}/participations/show/{participation.id}"}  # fmt: skip
            queue(session, Letter(kind=f"PARTICIPATION_{what}", language=language, receiver=profile.email, subject=str(_SUBJECTS[what]),
                                  body=str(_BODY) % values, user_id=profile.user_id))  # fmt: skip
