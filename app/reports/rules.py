"""Into which group a person belongs in figures, and whether what figures rest on is known; pure functions.

Values that only a right of its own shows (`app.codes.restricted`) are never a group of their own.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from dateutil.relativedelta import relativedelta

from app.reports.groups import AGE_GROUPS, ASIA_OCEANIA, CITIZENSHIP_OF, EDUCATION_OF, OTHER, RESIDENCE_OF, TONGUE_OF, UNKNOWN, YEARS_SINCE

_OWN_REQUEST = "A4"


def age_group(years: int) -> str:
    """Give the group of an age in full years."""
    return next((f"{low}-{high}" for low, high in AGE_GROUPS if years <= high), "65-")


def gender_group(code: str | None) -> str:
    """Give the gender; 9 is the population register's own "not known"."""
    return code if code and code != "9" else UNKNOWN


def tongue_group(language: str) -> str:
    """Give the language itself if it is one of the largest, or the one it is counted into."""
    return TONGUE_OF.get(language, OTHER)


def citizenship_group(country: str) -> str:
    """Give the group of a citizenship."""
    return CITIZENSHIP_OF.get(country, ASIA_OCEANIA)


def residence_group(ground: str | None) -> str:
    """Give the group of the first permit's ground."""
    return RESIDENCE_OF.get(ground, OTHER) if ground else UNKNOWN


def education_group(levels: Collection[str]) -> str:
    """Give the group of the highest level among those recorded, completed or not."""
    found = [EDUCATION_OF[level] for level in levels if level in EDUCATION_OF]
    return max(found) if found else UNKNOWN


def ground_group(ground: str | None) -> str:
    """Give the ground of an assessment; that of a victim of trafficking is told with the own requests. Basis: 681/2023 § 14.1."""
    return (_OWN_REQUEST if ground == "A7" else ground) if ground else UNKNOWN


def ordinal_group(ordinal: int | None) -> str:
    """Give which plan a person is at: none, the first, the second or a later one."""
    return "0" if not ordinal else "3-" if ordinal > 2 else str(ordinal)


def since_group(first_permit_on: date | None, day: date) -> str:
    """Give the group of full years since the first permit; the anniversary begins the next."""
    if first_permit_on is None:
        return UNKNOWN
    years = relativedelta(day, first_permit_on).years
    return "0-1" if years < 1 else next((f"{low}-{high}" for low, high in YEARS_SINCE if years < high), "5-")


def is_complete(
    *, has_permit: bool, has_identity: bool, citizenship: str | None, mother_tongue: str | None, education: str, has_plan_dates: bool
) -> bool:
    """Tell whether all that figures rest on is known of a person: this is what completeness means in every report.

    The day of the first permit; an identity code or the reason of having none; citizenship; mother tongue; level of education; and of a person
    with a plan that its days are in order. A language or a level that is recorded as not known is not known.
    """
    known = (has_permit, has_identity, bool(citizenship), mother_tongue not in (None, "", "mis"), education != UNKNOWN, has_plan_dates)
    return all(known)
