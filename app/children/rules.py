"""Rules of a child's view and of the representative; each gives (field, rule) for what is broken, the views give the sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.clients.rules import is_minor
from app.deadlines.numbers import end_of, number

Broken = list[tuple[str, str]]


def majority_on(birth_date: date) -> date:
    """Give the day the client turns 18, from which nobody represents them. Basis: 442/1983 § 2."""
    row = number("MAJORITY", birth_date)
    return end_of(birth_date, row.amount, row.unit)


def broken_hearing_rules(*, birth_date: date, on: date | None, is_heard: bool, opinion: str | None, reason: str | None, today: date) -> Broken:
    """Give what is missing of a hearing. Basis: 681/2023 § 4: the wishes and opinion, or the reason why the child was not heard."""
    broken: Broken = []
    if on and on > today:
        broken.append(("considered_on", "FUTURE"))
    elif on and (on < birth_date or not is_minor(birth_date, on)):
        broken.append(("considered_on", "NOT_A_CHILD"))
    if is_heard and not opinion:
        broken.append(("opinion", "OPINION"))
    if not is_heard and not reason:
        broken.append(("not_heard_reason", "REASON"))
    if is_heard and reason:
        broken.append(("not_heard_reason", "BOTH"))
    return broken


@dataclass(frozen=True, kw_only=True)
class Mandate:
    """What the rules of a representative need: the days of the matter, and who it is."""

    birth_date: date
    name: str | None
    known_on: date | None
    applied_on: date | None
    decided_on: date | None
    valid_from: date | None
    valid_to: date | None
    end_reason: str | None
    today: date


def broken_mandate_rules(facts: Mandate) -> Broken:
    """Give what is wrong with a representative's record. Basis: 681/2023 §§ 35–38.

    ADULT: the task ends at the 18th birthday (746/2011 § 43), so nobody acts later.
    """
    broken: Broken = []
    for field in ("known_on", "applied_on", "decided_on"):
        day = getattr(facts, field)
        if day and day > facts.today:
            broken.append((field, "FUTURE"))
    if not (facts.known_on or facts.applied_on or facts.decided_on):
        broken.append(("known_on", "WHEN"))
    if facts.known_on and not is_minor(facts.birth_date, facts.known_on):
        broken.append(("known_on", "NOT_A_CHILD"))
    broken += [(last, "ORDER") for first, last in (("known_on", "applied_on"), ("applied_on", "decided_on"), ("decided_on", "valid_from"), ("valid_from", "valid_to"))
               if (start := getattr(facts, first)) and (end := getattr(facts, last)) and end < start]  # fmt: skip
    return [*broken, *_broken_term(facts)]


def _broken_term(facts: Mandate) -> Broken:
    broken: Broken = []
    adult_on = majority_on(facts.birth_date)
    if facts.decided_on and not facts.name:
        broken.append(("name", "NAME"))
    if facts.decided_on and not facts.valid_from:
        broken.append(("valid_from", "FROM"))
    if facts.valid_from and not facts.decided_on:
        broken.append(("decided_on", "DECISION"))
    if facts.valid_from and facts.valid_from >= adult_on:
        broken.append(("valid_from", "ADULT"))
    if facts.valid_to and facts.valid_to > adult_on:
        broken.append(("valid_to", "ADULT"))
    if facts.valid_to and not facts.end_reason:
        broken.append(("end_reason", "END_REASON"))
    if facts.end_reason and not facts.valid_to:
        broken.append(("valid_to", "END"))
    return broken
