"""Rules of appointments and of the fee for not coming; each gives the name of what is broken, the views give the sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.deadlines.amounts import amount
from app.deadlines.counting import has_age
from app.deadlines.numbers import limit_after, number

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, kw_only=True)
class BookingFacts:
    """What is booked, and what the client was told."""

    held_on: date
    clock: str
    booked_on: date
    today: date
    interpreter_needed: bool
    interpreter_mode: str | None
    cancelling_told_on: date | None
    fee_warned_on: date | None
    fee_warned_language: str | None


@dataclass(frozen=True, kw_only=True)
class FeeFacts:
    """What the rules of the fee need to know of a missed appointment; `cost` is what the interpreting cost."""

    held_on: date
    booked_on: date
    birth_date: date | None
    cancelling_told_on: date | None
    fee_warned_on: date | None
    interpreter_needed: bool
    cost: Decimal
    fee: Decimal
    due_on: date
    is_reasonable: bool


def broken_booking_rules(facts: BookingFacts) -> list[tuple[str, str]]:
    """Give (field, rule) for each rule a booking breaks."""
    broken = []
    if not _CLOCK.fullmatch(facts.clock):
        broken.append(("clock", "CLOCK"))
    if facts.booked_on > facts.today:
        broken.append(("booked_on", "FUTURE"))
    elif facts.booked_on > facts.held_on:
        broken.append(("booked_on", "BOOKED_LATE"))
    if facts.interpreter_needed and not facts.interpreter_mode:
        broken.append(("interpreter_mode", "MODE"))
    broken += [
        (name, "TOLD_LATE")
        for name, day in (("cancelling_told_on", facts.cancelling_told_on), ("fee_warned_on", facts.fee_warned_on))
        if day and day > facts.held_on
    ]
    if facts.fee_warned_on and not facts.fee_warned_language:
        broken.append(("fee_warned_language", "LANGUAGE"))
    return broken


def is_over(held_on: date, today: date) -> bool:
    """Tell whether it can be known whether the client came."""
    return held_on <= today


def most_of_fee(cost: Decimal, on: date) -> Decimal:
    """Give the highest fee: what the interpreting cost, and never more than the decree's maximum. Basis: 681/2023 § 32 a."""
    return min(cost, amount("NO_SHOW_FEE_MAX", on))


def earliest_due(held_on: date, proposed_on: date) -> date:
    """Give the first day the fee may fall due: two weeks after the missed appointment (R15), and as long after it is proposed."""
    return max(limit_after(held_on, "R15"), limit_after(proposed_on, "R15"))


def broken_fee_rules(facts: FeeFacts) -> list[tuple[str | None, str]]:
    """Give (field, rule) for each rule that forbids the fee. Basis: 681/2023 § 32 a; V11: not under 18 and only when warned.

    Whoever is of unknown age is not charged.
    """
    broken: list[tuple[str | None, str]] = []
    if not has_age(facts.birth_date, number("FEE_AGE", facts.held_on).amount, facts.held_on):
        broken.append((None, "V11_AGE"))
    if facts.fee_warned_on is None or facts.fee_warned_on > facts.booked_on:
        broken.append((None, "V11_WARNING"))
    if facts.cancelling_told_on is None or facts.cancelling_told_on > facts.held_on:
        broken.append((None, "CANCELLING"))
    if not facts.interpreter_needed:
        broken.append((None, "INTERPRETER"))
    if facts.cost <= 0:
        broken.append(("interpreter_cost", "COST"))
    elif not 0 < facts.fee <= most_of_fee(facts.cost, facts.held_on):
        broken.append(("fee_amount", "MOST"))
    if facts.due_on < limit_after(facts.held_on, "R15"):
        broken.append(("fee_due_on", "R15"))
    if not facts.is_reasonable:
        broken.append(("is_reasonable", "UNREASONABLE"))
    return broken
