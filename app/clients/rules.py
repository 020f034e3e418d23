"""Rules about a client's own facts; pure functions."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta

from app.deadlines.counting import has_age
from app.deadlines.numbers import number

# No living client has completed an education before, nor gone to school for longer.
FIRST_YEAR, MOST_YEARS = 1930, 30


def has_identity(identity_code: str | None, reason: str | None) -> bool:
    """Tell whether the client has an identity code or a reason for having none (never neither)."""
    return bool(identity_code) != bool(reason)


def broken_client_rules(*, identity_code: str | None, no_identity_code_reason: str | None, birth_date: date, interpreter_needed: bool,
                        interpreter_language: str | None, today: date) -> list[tuple[str, str]]:  # fmt: skip
    """Give (field, rule) for what is wrong with a client's own data."""
    broken = []
    if not has_identity(identity_code, no_identity_code_reason):
        broken.append(("no_identity_code_reason", "IDENTITY"))
    if birth_date > today:
        broken.append(("birth_date", "BORN"))
    if interpreter_needed and not interpreter_language:
        broken.append(("interpreter_language", "INTERPRETING"))
    return broken


def broken_education_rules(*, end_year: int | None, years_of_schooling: int | None, today: date) -> list[tuple[str, str]]:
    """Give (field, rule) for what is wrong with the years of an education."""
    broken = []
    if end_year is not None and not FIRST_YEAR <= end_year <= today.year:
        broken.append(("end_year", "YEAR"))
    if years_of_schooling is not None and not 0 <= years_of_schooling <= MOST_YEARS:
        broken.append(("years_of_schooling", "YEARS"))
    return broken


def age_on(birth_date: date, on: date) -> int:
    """Give full years of age; a birthday on 29 February is reached on 28 February of a common year, as everywhere (ADR 20)."""
    return relativedelta(on, birth_date).years


def is_minor(birth_date: date, on: date) -> bool:
    """Tell whether the client is a child, whose view is heard. Basis: 681/2023 § 4."""
    return not has_age(birth_date, number("MAJORITY", on).amount, on)
