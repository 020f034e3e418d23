"""Rules of add-ons and their tokens. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from app.rights.rules import LONGEST

Pairs = frozenset[tuple[str, str]]
# A token is renewed at least once a year: the project's own number, as the act says nothing of them.
TOKEN_LASTS = timedelta(days=366)
# Roles that an add-on may act in, the narrowest first; whoever decides about rights or reads the log is a person.
ROLES_FOR = ("ANALYST", "INTAKE_WORKER", "CASEWORKER", "TEAM_LEAD")


def state_of(is_accepted: bool | None, right: tuple[bool, bool, date | None] | None, on: date) -> str:
    """Give the state that the decision and the right make; `right` is whether it was opened, whether it was ended, and its last day."""
    if is_accepted is None:
        return "WAITING"
    if not is_accepted:
        return "REFUSED"
    if right is None:
        return "ENDED"
    is_opened, is_ended, valid_to = right
    return "ENDED" if is_ended or not is_opened or (valid_to is not None and valid_to < on) else "IN_USE"


def is_usable(valid_to: date, *, ended: bool, on: date) -> bool:
    """Tell whether a token still opens anything by itself; the right behind it is another question."""
    return not ended and valid_to >= on


def least_role(needed: Pairs, roles: Mapping[str, Pairs]) -> str | None:
    """Give the narrowest role that holds everything needed, None where none does (§ 79.2: no more than is indispensable)."""
    return next((role for role in ROLES_FOR if needed <= roles[role]), None)


def broken_add_on(*, valid_to: date, today: date) -> Iterator[tuple[str, str]]:
    """Give (field, rule) of each rule that an add-on breaks."""
    if valid_to < today:
        yield "valid_to", "PAST"
    elif valid_to - today > LONGEST:
        yield "valid_to", "LONG"


def longest_token(add_on_to: date, today: date) -> date:
    """Give the last day a new token may have: a year, and never past the right behind it."""
    return min(add_on_to, today + TOKEN_LASTS)


def broken_token(*, valid_to: date, add_on_to: date, today: date) -> Iterator[tuple[str, str]]:
    """Give (field, rule) of each rule that a token breaks."""
    if valid_to < today:
        yield "valid_to", "PAST"
    elif valid_to > longest_token(add_on_to, today):
        yield "valid_to", "TOKEN_LONG"
