"""A booked interview moves the assessment it is for, whichever way the booking is made, moved or called off."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.appointments.models import Appointment
from app.appointments.states import AppointmentLife
from app.assessments.actions import note_booking

# A client who came has the interview written next; in the other states there is no meeting.
_HOLDS = ("BOOKED", "ATTENDED")


def _is_interview(row: Appointment) -> bool:
    # A new row gets its first state when it is written.
    return row.purpose == "ASSESSMENT" and (row.status or AppointmentLife.initial_state.value) in _HOLDS


@event.listens_for(Session, "before_flush")
def _note_bookings(session: Session, _context: Any, _rows: Any) -> None:
    gone = {row.id for row in session.deleted if isinstance(row, Appointment)}
    written = [row for row in (*session.new, *session.dirty, *session.deleted) if isinstance(row, Appointment)]
    clients = {row.client_id for row in written}
    if not clients:
        return
    known = {row.id for row in written}
    stored = select(Appointment.client_id, Appointment.held_on, Appointment.id).where(
        Appointment.client_id.in_(clients), Appointment.purpose == "ASSESSMENT", Appointment.status.in_(_HOLDS)
    )
    days = [(row.client_id, row.held_on) for row in written if row.id not in gone and _is_interview(row)]
    days += [(client, day) for client, day, key in session.execute(stored) if key not in known]
    note_booking(session, clients, dict(sorted(days)))
