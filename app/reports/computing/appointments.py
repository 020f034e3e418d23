"""Appointments that the client did not come to, and the fees proposed for that, I50. Basis: 681/2023 § 32 a."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import select

from app.appointments.models import Appointment
from app.reports.computing.question import Question
from app.reports.observation import Observation

_MISSED = ("NO_SHOW", "FEE_PROPOSED", "FEE_WAIVED")


def missed(asked: Question) -> Iterator[Observation]:
    """Count the appointments of the period that the client did not come to, of those whose outcome is known; the amounts are fees in whole euros."""
    of = Appointment
    wanted = select(of.client_id, of.status, of.purpose, of.fee_amount).where(
        of.held_on >= asked.period.starts_on, of.held_on <= asked.day, of.status != "BOOKED"
    )
    for key, status, purpose, fee, _owner in asked.rows(of, wanted):
        euros = int(Decimal(fee).quantize(Decimal(1), ROUND_HALF_UP)) if status == "FEE_PROPOSED" and fee is not None else None
        yield Observation(
            asked.subjects[key], numerator=int(status in _MISSED), denominator=1, amount=euros, own=(("APPOINTMENT_PURPOSE", purpose),)
        )


COMPUTATIONS = {"I50": missed}
