"""Who may hold which right, who grants it, and for how long. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.access.roles import ROLES_IN
from app.core.training_code import Training

# A municipality grants these kinds' people their rights: staff of services it buys and of the county that takes part (§ 80.1).
GRANTED_BY_MUNICIPALITY = frozenset({"WELLBEING_COUNTY", "SERVICE_PROVIDER"})
# Role → grounds it may be given on. Basis: § 80.2–3.
BASES: Mapping[str, tuple[str, ...]] = {
    "CASEWORKER": ("B1",), "INTAKE_WORKER": ("B1",), "TEAM_LEAD": ("B1", "B2"), "WSC_PARTICIPANT": ("B1",),
    "PROVIDER_USER": ("B6",), "ACCESS_ADMIN": ("B3",), "LOG_AUDITOR": ("B3",), "ANALYST": ("B2",),
}  # fmt: skip
# The act says "no longer than indispensable" (§ 79.2); two years at a time is the project's own reading.
LONGEST = timedelta(days=731)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is applied for; `grantor_kind` is None when no granting municipality was chosen."""

    organisation_kind: str
    grantor_kind: str | None
    role: str
    basis: str
    valid_from: date
    valid_to: date
    training_done_on: date
    is_granted_by_own: bool


def broken_rules(wish: Wish, today: date) -> Iterator[tuple[str, str]]:
    """Give (field, rule) of each rule that an application breaks."""
    if wish.role not in ROLES_IN.get(wish.organisation_kind, ()):
        yield "role", "ROLE"
    if wish.basis not in BASES.get(wish.role, ()):
        yield "basis", "BASIS"
    if wish.organisation_kind in GRANTED_BY_MUNICIPALITY and wish.grantor_kind != "MUNICIPALITY":
        yield "grantor_id", "GRANTOR"
    if wish.organisation_kind not in GRANTED_BY_MUNICIPALITY and not wish.is_granted_by_own:
        yield "grantor_id", "OWN"
    yield from broken_period(wish.valid_from, wish.valid_to, today)
    if wish.training_done_on > today:
        yield "training_done_on", "FUTURE"


def broken_training(found: Training | None, *, wanted: tuple[str, str] | None, person: str, is_required: bool) -> str | None:
    """Give the rule that a certificate of training breaks; `found` is None where no code was given.

    `wanted` are the path that the role asks for and its version now, None for a role without one; `person` is the mark of the applicant.
    """
    if found is None:
        return "TRAINING_NEEDED" if is_required and wanted else None
    if wanted is None or found.path != wanted[0]:
        return "TRAINING_PATH"
    if found.version != wanted[1]:
        return "TRAINING_LAPSED"
    return None if found.person == person else "TRAINING_PERSON"


def broken_period(valid_from: date, valid_to: date, today: date) -> Iterator[tuple[str, str]]:
    """Give what is wrong with a period that begins today or later."""
    if valid_from < today:
        yield "valid_from", "PAST"
    if valid_to < valid_from:
        yield "valid_to", "ORDER"
    elif valid_to - valid_from > LONGEST:
        yield "valid_to", "LONG"


def broken_grant(*, wished: tuple[date, date], given: tuple[date, date], role: str, is_own: bool, is_narrowed: bool) -> Iterator[tuple[str, str]]:
    """Give what forbids granting: nobody decides their own, nobody gives more than was asked or than their own role holds.

    `is_narrowed` tells that the granting person's own right is of a narrower role.
    """
    if is_own:
        yield "", "SELF"
    if role == "ACCESS_ADMIN" and is_narrowed:
        yield "", "MORE"
    if given[0] < wished[0] or given[1] > wished[1]:
        yield "valid_to", "WIDER"
    if given[1] < given[0]:
        yield "valid_to", "ORDER"
