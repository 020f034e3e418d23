"""Whether two persons are one: surely, likely, or not; pure functions.

Only what the law's register itself tells apart by joins without asking: the identity code, or the old system's own key, together
with a name and a date that agree. Everything else that looks alike is a question to a person: a wrong join mixes two persons' secrets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.duplicates import rules as duplicates
from app.imports.matching import names
from app.imports.matching.names import CALLED, FAMILY, GIVEN, NEAR, NONE, SAME, SHARED, SPELLED, SWAPPED, Name, agreement

SURE, LIKELY, DIFFERENT = "SURE", "LIKELY", "DIFFERENT"
_AGREEING = frozenset({SAME, SHARED, SPELLED, CALLED, SWAPPED, NEAR})
# Twins have one family name, and often names that are alike: where two codes differ, only these say that it is one person.
_TELLING = frozenset({SAME, SPELLED, CALLED, SWAPPED})


@dataclass(frozen=True)
class Person:
    """What two persons are compared by. `code` is the identity code or its digest, of both the same; `key` the old system's."""

    name: Name
    birth_date: date | None = None
    code: str | None = None
    gender: str | None = None
    key: str | None = None

    @classmethod
    def of(cls, family: str | None, given: str | None, call: str | None = None, *, birth_date: date | None = None, code: str | None = None,
           gender: str | None = None, key: str | None = None) -> Person:  # fmt: skip
        name = Name(names.words(family or ""), names.words(given or ""), names.words(call or ""))
        return cls(name, birth_date, code or None, gender or None, key or None)


@dataclass(frozen=True)
class Likeness:
    """A judgement and what it rests on, the weightiest first."""

    kind: str
    reasons: tuple[str, ...]


def judge(one: Person, other: Person) -> Likeness:
    """Judge two persons; the answer is the same whichever is named first."""
    name, day = agreement(one.name, other.name), _days(one.birth_date, other.birth_date)
    is_other_gender = bool(one.gender and other.gender and one.gender != other.gender)
    has_both = bool(one.code and other.code)
    if one.key and one.key == other.key:
        return _same_key(name, day, is_other_code=has_both and one.code != other.code)
    if has_both and one.code == other.code:
        return _same_code(name, day)
    if has_both:
        return _other_code(name, day, is_other_gender=is_other_gender)
    return _without_code(name, day, is_other_gender=is_other_gender)


def _days(one: date | None, other: date | None) -> str:
    if one is None or other is None:
        return "UNKNOWN"
    if one == other:
        return SAME
    pair = (duplicates.Person("x", "x", one), duplicates.Person("x", "x", other))
    return NEAR if duplicates.likeness(*pair) == "BIRTH_NEAR" else NONE


def _day_reasons(day: str) -> tuple[str, ...]:
    return {NEAR: ("BIRTH_NEAR",), NONE: ("OTHER_BIRTH_DATE",)}.get(day, ())


def _same_key(name: str, day: str, *, is_other_code: bool) -> Likeness:
    """The old system says that it is one person. It is asked when anything speaks against it: keys are used again."""
    if is_other_code:
        return Likeness(LIKELY, ("SOURCE_KEY", "CODE_CHANGED", *_day_reasons(day)))
    if name in _AGREEING and day == SAME:
        return Likeness(SURE, ("SOURCE_KEY", name))
    return Likeness(LIKELY, ("SOURCE_KEY", name, *_day_reasons(day)))


def _same_code(name: str, day: str) -> Likeness:
    """One code is one person, unless it was typed on the row of another: of a child, a spouse, a twin."""
    if name in _AGREEING:
        return Likeness(LIKELY if day == NONE else SURE, ("CODE", name, *_day_reasons(day)))
    if name == GIVEN and day == SAME:
        return Likeness(SURE, ("CODE", "FAMILY_NAME_CHANGED"))
    return Likeness(LIKELY, ("CODE_OF_ANOTHER", "TWIN" if name == FAMILY and day == SAME else "OTHER_NAME", *_day_reasons(day)))


def _other_code(name: str, day: str, *, is_other_gender: bool) -> Likeness:
    """Two codes are two persons, unless everything else is the same: a code is corrected, and a stand-in one becomes the right one."""
    if day == SAME and name in _TELLING and (name == SAME or not is_other_gender):
        return Likeness(LIKELY, ("CODE_CHANGED", name))
    return Likeness(DIFFERENT, ("OTHER_CODE",))


def _without_code(name: str, day: str, *, is_other_gender: bool) -> Likeness:
    """Without two codes nothing is sure: many share a name, and many whose day is not known have the first of January."""
    about = ("OTHER_GENDER",) if is_other_gender else ()
    if day == SAME and name in _AGREEING:
        return Likeness(LIKELY, (name, *about))
    if day == SAME and name == FAMILY and not is_other_gender:
        return Likeness(LIKELY, ("TWIN",))
    if day in (NEAR, "UNKNOWN") and name in {*_TELLING, SHARED}:
        return Likeness(LIKELY, (name, "BIRTH_NEAR" if day == NEAR else "NO_BIRTH_DATE", *about))
    return Likeness(DIFFERENT, ("OTHER_NAME" if day == SAME else "OTHER_BIRTH_DATE",))


def of_record(record: Mapping[str, Any], code: str | None) -> Person:
    """Give the person of a row of a source; `code` is the digest of its identity code."""
    born = record.get("birth_date")
    day = date.fromisoformat(born) if isinstance(born, str) else born
    return Person.of(record.get("family_name"), record.get("given_names"), record.get("call_name"), birth_date=day, code=code, gender=record.get("gender"))
