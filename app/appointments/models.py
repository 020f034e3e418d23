"""Appointments with a client."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from flask_babel import format_currency
from sqlalchemy import Numeric
from sqlalchemy.orm import Mapped, mapped_column

from app.access.membership import FollowsClient
from app.db.base import Model
from app.db.columns import Recorded, code_column, date_column, flag_column, key_column, text_column
from app.db.types import Sensitivity, classified

_SECRET = Sensitivity.SECRET


def _euros() -> Mapped[Decimal | None]:
    return mapped_column(Numeric(8, 2), info=classified("K73-4", Sensitivity.PERSONAL))


class Appointment(Recorded, FollowsClient, Model):
    """A booked time, how it is held, and what came of it (§ 32 a; 434/2003 § 26 for the interpreter)."""

    __tablename__ = "appointment"
    listed_by = "held_on"

    id: Mapped[str] = key_column()
    status: Mapped[str] = code_column("APPOINTMENT_STATUS", "K73-4", default="BOOKED")
    held_on: Mapped[date] = date_column("K73-4", nullable=False)
    # The hour and minute in Finland, as the client is told it.
    clock: Mapped[str] = text_column(5, "K73-4", nullable=False)
    purpose: Mapped[str] = code_column("APPOINTMENT_PURPOSE", "K73-4")
    channel: Mapped[str] = code_column("CHANNEL", "K73-4", default="OFFICE")
    place: Mapped[str | None] = text_column(120, "K73-4")
    language: Mapped[str] = code_column("LANGUAGE", "K73-4")
    interpreter_needed: Mapped[bool] = flag_column("K73-4")
    interpreter_mode: Mapped[str | None] = code_column("INTERPRETER_MODE", "K73-4", nullable=True)
    interpreter_agency: Mapped[str | None] = text_column(120, "K73-4")
    interpreter_outcome: Mapped[str | None] = code_column("INTERPRETATION_OUTCOME", "K73-4", nullable=True)
    interpreter_cost: Mapped[Decimal | None] = _euros()
    booked_on: Mapped[date] = date_column("K73-4", nullable=False)
    cancelling_told_on: Mapped[date | None] = date_column("K73-4")
    fee_warned_on: Mapped[date | None] = date_column("K73-4")
    fee_warned_language: Mapped[str | None] = code_column("LANGUAGE", "K73-4", nullable=True)
    excuse_reason: Mapped[str | None] = text_column(300, "K73-4", _SECRET)
    fee_amount: Mapped[Decimal | None] = _euros()
    fee_due_on: Mapped[date | None] = date_column("K73-4")
    fee_ground: Mapped[str | None] = text_column(300, "K73-4", _SECRET)
    waive_reason: Mapped[str | None] = text_column(300, "K73-4", _SECRET)

    @property
    def shown_cost(self) -> str:
        """Give what the interpreting cost, in euros."""
        return str(format_currency(self.interpreter_cost, "EUR")) if self.interpreter_cost is not None else ""

    @property
    def shown_fee(self) -> str:
        """Give the fee that is proposed, in euros."""
        return str(format_currency(self.fee_amount, "EUR")) if self.fee_amount is not None else ""
