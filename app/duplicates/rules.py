"""When two records may be of the same person, and what two controllers' answers come to; pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from typing import Any

from app.core.folding import folded

ANSWER_WITHIN = timedelta(days=14)
_NEAR = 0.84


@dataclass(frozen=True)
class Person:
    """What two records are compared by."""

    family: str
    given: str
    birth_date: date
    digest: str | None = None

    @classmethod
    def of(cls, row: Any) -> Person:
        return cls(folded(row.family_name), folded(row.given_names), row.birth_date, row.identity_code_digest)


def likeness(one: Person, other: Person) -> str | None:
    """Tell why the two may be the same person, None when nothing says so; the strongest reason stands."""
    if one.digest and one.digest == other.digest:
        return "CODE"
    if one.digest and other.digest:
        # Two whole codes that differ are two persons.
        return None
    if one.birth_date != other.birth_date:
        return "BIRTH_NEAR" if _same_names(one, other) and _near_days(one.birth_date, other.birth_date) else None
    if _same_names(one, other):
        return "NAME"
    if _same_names(Person(one.given, one.family, one.birth_date), other):
        return "SWAPPED"
    return "NEAR" if _near_names(one, other) else None


def _same_names(one: Person, other: Person) -> bool:
    return one.family == other.family and bool({*one.given.split()} & {*other.given.split()})


def _near_names(one: Person, other: Person) -> bool:
    return SequenceMatcher(None, f"{one.family} {one.given}", f"{other.family} {other.given}").ratio() >= _NEAR


def _near_days(one: date, other: date) -> bool:
    """Tell whether one part of a date is mistyped, or its day and month are swapped."""
    first, second = (one.day, one.month, one.year), (other.day, other.month, other.year)
    is_swapped = first == (second[1], second[0], second[2])
    return is_swapped or sum(a != b for a, b in zip(first, second, strict=True)) == 1


def state_of(*, answer: str | None, other_answer: str | None, keeps: str | None, other_keeps: str | None, due: date, today: date) -> str:
    """Give the code of DUPLICATE_STATE of one side's case as of today."""
    if answer is None:
        return "LATE" if today > due else "OPEN"
    if other_answer is None:
        return "WAITING"
    if answer != other_answer or answer == "UNCLEAR":
        return "UNSETTLED"
    if answer == "DIFFERENT":
        return "DIFFERENT"
    return "AGREED" if {keeps, other_keeps} == {"WE", "OTHER"} else "SAME"


def newer(kept: Any, other: Any, kept_changed: Any, other_changed: Any) -> str:
    """Tell whose value stands first in a merge: the filled one, of two filled ones that of the record changed last."""
    if other in (None, ""):
        return "saved"
    return "typed" if kept in (None, "") or other_changed > kept_changed else "saved"
