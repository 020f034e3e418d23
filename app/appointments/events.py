"""What the time limits learn from appointments."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.appointments.models import Appointment
from app.deadlines.facts import Event

# Missed, and a fee may still fall due for it (R15).
_MISSED = ("NO_SHOW", "FEE_PROPOSED")


def events_of(session: Session, client_ids: Collection[str]) -> dict[str, list[Event]]:
    """Give each client's missed appointments in the order of their days. Basis: 681/2023 § 32 a."""
    query = select(Appointment.client_id, Appointment.held_on).where(Appointment.client_id.in_(client_ids), Appointment.status.in_(_MISSED))
    found: dict[str, list[Event]] = {}
    for client_id, day in session.execute(query.order_by(Appointment.held_on)):
        found.setdefault(client_id, []).append(Event(type="MISSED_APPOINTMENT", on=day))
    return found
