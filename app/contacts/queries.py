"""Reads of contacts."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessments.models import Assessment
from app.contacts.models import InitialContact


def has_other_ground(session: Session, contact: InitialContact) -> bool:
    """Tell whether the client waits for assessment for another reason than this contact: another contact, or an assessment that was not cancelled."""
    others = select(InitialContact.id).where(InitialContact.client_id == contact.client_id, InitialContact.id != contact.id, InitialContact.outcome == "ASSESSMENT")
    assessed = select(Assessment.id).where(Assessment.client_id == contact.client_id, Assessment.status != "CANCELLED")
    return bool(session.scalar(select(others.exists() | assessed.exists())))
