"""Writes of consents."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from app.consents.foundation import foundation
from app.consents.models import Consent
from app.consents.states import ConsentLife
from app.core.states import follow
from app.web.transaction import Change, keep_changes


def withdraw_consent(session: Session, consent: Consent, *, withdrawn_on: date) -> None:
    """End the consent; what rested on it alone goes in the same transaction, with an event each. Basis: Decree 874/2024 § 4."""
    follow(ConsentLife, consent, "withdraw")
    consent.withdrawn_on = withdrawn_on
    with session.no_autoflush:
        along = foundation().along(session, consent)
    keep_changes(session, [Change(consent, "consent:withdrawn"), *along])
