"""Reads of consents."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.consents.models import Consent


def consent_in_force(session: Session, client_id: str, kind: str) -> Consent | None:
    """Give the newest consent of a kind that has not been withdrawn."""
    query = select(Consent).where(Consent.client_id == client_id, Consent.type == kind, Consent.status == "GIVEN")
    return session.scalars(query.order_by(Consent.given_on.desc(), Consent.id).limit(1)).first()
