"""Reads of guidance entries."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.assessments.models import Assessment
from app.clients.models import Client
from app.guidance.models import GuidanceEntry
from app.guidance.rules import rests_on_law


def is_stored_by_law(session: Session, client_id: str) -> bool:
    """Tell whether guidance of the person may be stored without consent: an integration client, or one who has been assessed (§ 76.1)."""
    assessed = select(Assessment.id).where(Assessment.client_id == client_id, Assessment.status == "COMPLETED").exists()
    status, is_assessed = session.execute(select(Client.status, assessed).where(Client.id == client_id)).one()
    return rests_on_law(status, is_assessed=is_assessed)


def entries_of_consent(session: Session, consent_id: str) -> list[GuidanceEntry]:
    """Give the entries that rest on a consent."""
    return list(session.scalars(select(GuidanceEntry).where(GuidanceEntry.consent_id == consent_id).order_by(GuidanceEntry.id)))


def count_of_consent(session: Session, consent_id: str) -> int:
    """Give how many entries rest on a consent."""
    return int(session.scalar(select(func.count()).select_from(GuidanceEntry).where(GuidanceEntry.consent_id == consent_id)) or 0)
