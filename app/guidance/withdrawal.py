"""What the withdrawal of a consent does to guidance (D08; docs/adr/0023)."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from app.consents.models import Consent
from app.guidance.queries import count_of_consent, entries_of_consent, is_stored_by_law
from app.web.transaction import Change

CONSENT = "C_GUIDANCE"


def told_of_withdrawal(session: Session, consent: Consent) -> str | None:
    """Say what becomes of the guidance entries, before the consent is withdrawn; None when there are none."""
    count = count_of_consent(session, consent.id) if consent.type == CONSENT else 0
    if not count:
        return None
    if is_stored_by_law(session, consent.client_id):
        return _("The guidance entries stay: the data of an integration client and of a person who has been assessed are stored by law (section 76).")
    return ngettext(
        "With the consent, %(num)d guidance entry is deleted for good (Decree 874/2024, section 4).",
        "With the consent, %(num)d guidance entries are deleted for good (Decree 874/2024, section 4).",
        count,
    )


def go_with_consent(session: Session, consent: Consent) -> list[Change]:
    """Give the deletion of each entry that rests on the consent alone. Basis: Decree 874/2024 § 4."""
    if consent.type != CONSENT or is_stored_by_law(session, consent.client_id):
        return []
    return [Change(entry, "guidance_entry:deleted", is_removed=True) for entry in entries_of_consent(session, consent.id)]
