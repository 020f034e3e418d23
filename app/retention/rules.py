"""When a client's data are to be deleted, and what keeps them. Pure functions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from app.deadlines.counting import due_after

RULE = "R25"
# Why data that are due stay, the first that holds: a hold that the municipality recorded, then what is pending by itself (§ 77).
HELD, TRANSFER, FINDING, MOVE = "HELD", "TRANSFER", "FINDING", "MOVE"
REASONS = (HELD, TRANSFER, FINDING, MOVE)


def is_due(ended: date | None, on: date) -> bool:
    """Tell whether the time is over on a day; a relationship that goes on has no end."""
    return ended is not None and due_after(ended, RULE) <= on


def kept_because(found: Collection[str]) -> str | None:
    """Give the reason told of several, None where nothing keeps the data."""
    return next((reason for reason in REASONS if reason in found), None)
