"""Writes of appointments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from app.appointments.models import Appointment
from app.appointments.states import AppointmentLife
from app.core.states import follow
from app.web.transaction import keep


def attend_appointment(session: Session, item: Appointment, *, interpreter_outcome: str | None = None, interpreter_cost: Decimal | None = None) -> None:
    """Record that the client came."""
    follow(AppointmentLife, item, "attend")
    _note_interpreting(item, interpreter_outcome, interpreter_cost)
    keep(session, item, "appointment:attended", is_new=False)


def miss_appointment(session: Session, item: Appointment, *, interpreter_outcome: str | None = None, interpreter_cost: Decimal | None = None) -> None:
    """Record that the client neither came nor cancelled in time."""
    follow(AppointmentLife, item, "miss")
    _note_interpreting(item, interpreter_outcome, interpreter_cost)
    keep(session, item, "appointment:missed", is_new=False)


def cancel_appointment(session: Session, item: Appointment) -> None:
    """Record that the client cancelled in time."""
    follow(AppointmentLife, item, "cancel")
    keep(session, item, "appointment:cancelled_in_time", is_new=False)


def excuse_appointment(session: Session, item: Appointment, *, excuse_reason: str) -> None:
    """Record the acceptable reason; a fee that was proposed falls away."""
    follow(AppointmentLife, item, "excuse")
    item.excuse_reason, item.fee_amount, item.fee_due_on, item.fee_ground = excuse_reason, None, None, None
    keep(session, item, "appointment:excused", is_new=False)


def propose_fee(session: Session, item: Appointment, *, interpreter_cost: Decimal, fee_amount: Decimal, fee_due_on: date, fee_ground: str,
                is_reasonable: bool) -> None:  # fmt: skip
    """Propose a fee for a missed appointment: nothing is decided and nothing is sent. Basis: 681/2023 § 32 a."""
    follow(AppointmentLife, item, "propose")
    item.interpreter_cost, item.fee_amount, item.fee_due_on, item.fee_ground = interpreter_cost, fee_amount, fee_due_on, fee_ground
    keep(session, item, "appointment:fee_proposed", is_new=False)


def waive_fee(session: Session, item: Appointment, *, waive_reason: str) -> None:
    """Record why no fee is proposed."""
    follow(AppointmentLife, item, "waive")
    item.waive_reason, item.fee_amount, item.fee_due_on, item.fee_ground = waive_reason, None, None, None
    keep(session, item, "appointment:fee_waived", is_new=False)


def _note_interpreting(item: Appointment, outcome: str | None, cost: Decimal | None) -> None:
    item.interpreter_outcome = outcome
    item.interpreter_cost = item.interpreter_cost if cost is None else cost
