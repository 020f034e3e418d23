"""Reads of contacts."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.contacts.models import InitialContact


def unhandled_contact(session: Session, client_id: str) -> str | None:
    """Give the key of the contact that has waited longest for its handling."""
    query = select(InitialContact.id).where(InitialContact.client_id == client_id, InitialContact.status == "RECEIVED")
    return session.scalar(query.order_by(InitialContact.received_on, InitialContact.id).limit(1))
