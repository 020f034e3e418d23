"""Rules about a client's own facts; pure functions."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta

from app.deadlines.counting import has_age
from app.deadlines.numbers import number


def has_identity(identity_code: str | None, reason: str | None) -> bool:
    """Tell whether the client has an identity code or a reason for having none (never neither)."""
    return bool(identity_code) != bool(reason)


def age_on(birth_date: date, on: date) -> int:
    """Give full years of age; a birthday on 29 February is reached on 28 February of a common year, as everywhere (ADR 20)."""
    return relativedelta(on, birth_date).years


def is_minor(birth_date: date, on: date) -> bool:
    """Tell whether the client is a child, whose view is heard. Basis: 681/2023 § 4."""
    return not has_age(birth_date, number("MAJORITY", on).amount, on)
