"""The clock of a transfer in words: whose turn it is, and how many working days are left or late."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import format_date

from app.transfers.labels import CLOCK
from app.transfers.rules import working_days_from


def clock_text(row: Any, today: date) -> str:
    """Say how a transfer stands in time."""
    if row.ended_on is not None:
        return str(CLOCK["ENDED"]) % {"day": _day(row.ended_on)}
    if row.status == "ACCEPTED":
        return str(CLOCK["MOVES"]) % {"day": _day(row.moves_on)} if row.moves_on else ""
    who = row.to_name if row.waits_for_id == row.to_id else row.from_name
    if row.due_on < today:
        return str(CLOCK["LATE"]) % {"who": who, "late": working_days_from(row.due_on, today)}
    if row.due_on == today:
        return str(CLOCK["TODAY"]) % {"who": who}
    return str(CLOCK["DUE"]) % {"who": who, "day": _day(row.due_on), "left": working_days_from(today, row.due_on)}


def _day(value: date) -> str:
    return format_date(value)
