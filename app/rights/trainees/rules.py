"""For how long access to the training environment is given, and to whom at once. Pure functions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

ROLE, BASIS = "TRAINEE", "B1"
# Kinds of organisation whose staff train: those that work with clients, and those that steer them.
KINDS = ("MUNICIPALITY", "WELLBEING_COUNTY", "SERVICE_PROVIDER", "ECONOMIC_DEVELOPMENT_CENTRE", "NATIONAL_AGENCY", "MINISTRY")


def last_day(first: date, days: int) -> date:
    """Give the last day of a period of so many days that begins on `first`."""
    return first + timedelta(days=days - 1)


def is_of_known_domain(email: str, domains: Collection[str]) -> bool:
    """Tell whether an address is of one of the domains or of a domain under one."""
    domain = email.rpartition("@")[2].lower()
    return any(domain == known or domain.endswith(f".{known}") for known in domains)


def lengthens(valid_to: date | None, today: date, days: int) -> bool:
    """Tell whether renewing today moves the last day on."""
    return valid_to is not None and last_day(today, days) > valid_to
