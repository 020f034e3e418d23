"""Rules of services in life; each gives the name of what is broken, the views give the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from app.deadlines.amounts import amount
from app.deadlines.counting import due_after, has_age
from app.deadlines.numbers import number

INTEGRATION_TRAINING = ("INT_TRAINING", "INT_TRAINING_LMT", "INT_TRAINING_SELF")
ORIENTATION = "ORIENTATION"
# The status of a plan whose services may begin, and of one whose services may still end.
_FOLLOWED = ("IN_FORCE", "EXTENDED", "STUDIES_ONLY")
_AGREED = (*_FOLLOWED, "INTERRUPTED", "ENDED", "SUPERSEDED")
_BEGINS = frozenset({"refer", "queue", "accept", "start", "resume"})
_ENTERS = frozenset({"refer", "accept", "start"})


@dataclass(frozen=True, kw_only=True)
class DeedFacts:
    """What the rules of a deed need to know; `day` is the day of the deed, `since` the day of the one before it."""

    today: date
    plan_status: str
    plan_begins_on: date
    service_type: str
    day: date | None
    since: date | None
    birth_date: date | None
    has_upper_secondary: bool
    hours_attended: Decimal
    has_final_test: bool
    no_test_reason: str | None


def is_of_compulsory_education_age(birth_date: date | None, on: date, *, has_upper_secondary: bool) -> bool:
    """Tell whether somebody is to be in compulsory education: until 18, or until a qualification of upper secondary level.

    Basis: 1214/2020 § 2. Whoever is younger than seven is in no training either.
    """
    is_of_age = has_age(birth_date, number("COMPULSORY_EDUCATION_AGE", on).amount, on)
    return is_of_age is False and not has_upper_secondary


def is_closed_to(service_type: str, birth_date: date | None, on: date, *, has_upper_secondary: bool) -> bool:
    """Tell whether a service is integration training for somebody who is to be in compulsory education (V12). Basis: 681/2023 § 26.1."""
    return service_type in INTEGRATION_TRAINING and is_of_compulsory_education_age(birth_date, on, has_upper_secondary=has_upper_secondary)


def referral_due(drawn_up_date: date) -> date:
    """Give the last day to refer the client to a service of the plan (R06). Basis: 681/2023 § 20.5."""
    return due_after(drawn_up_date, "R06")


def broken_deed_rules(deed: str, facts: DeedFacts) -> list[tuple[str | None, str]]:
    """Give (field, rule) for each rule that forbids the deed.

    V12: 681/2023 § 26.1; V13: § 25 and Decree 576/2024; TEST: § 26.3. A late referral is recorded all the same.
    """
    broken: list[tuple[str | None, str]] = []
    if facts.plan_status not in (_FOLLOWED if deed in _BEGINS else _AGREED):
        broken.append((None, "PLAN"))
    if facts.day is not None and (rule := _broken_day(facts, facts.day)):
        broken.append(("day", rule))
    if deed in _ENTERS and is_closed_to(
        facts.service_type, facts.birth_date, facts.day or facts.today, has_upper_secondary=facts.has_upper_secondary
    ):
        broken.append((None, "V12"))
    return [*broken, *_broken_completion(facts)] if deed == "complete" else broken


def _broken_day(facts: DeedFacts, day: date) -> str | None:
    if day > facts.today:
        return "FUTURE"
    if day < facts.plan_begins_on:
        return "EARLY"
    return "ORDER" if facts.since and day < facts.since else None


def _broken_completion(facts: DeedFacts) -> list[tuple[str | None, str]]:
    on = facts.day or facts.today
    if facts.service_type == ORIENTATION and facts.hours_attended < amount("ORIENTATION_HOURS", on):
        return [(None, "V13")]
    if facts.service_type in INTEGRATION_TRAINING and not facts.has_final_test and not facts.no_test_reason:
        return [("no_test_reason", "TEST")]
    return []


def broken_hours_rules(*, from_on: date, to_on: date, planned: Decimal, attended: Decimal, begins_on: date | None, today: date) -> list[tuple[str, str]]:
    """Give (field, rule) for each rule that hours break; more may be attended than were planned."""
    broken = []
    if to_on < from_on:
        broken.append(("to_on", "PERIOD"))
    elif to_on > today:
        broken.append(("to_on", "FUTURE"))
    if begins_on and from_on < begins_on:
        broken.append(("from_on", "BEFORE_START"))
    broken += [(field, "HOURS") for field, hours in (("hours_planned", planned), ("hours_attended", attended)) if hours < 0]
    most = Decimal(24) * ((to_on - from_on).days + 1)
    return broken if broken or max(planned, attended) <= most else [("hours_attended" if attended > most else "hours_planned", "TOO_MANY")]


def broken_course_rules(days: Sequence[tuple[str, date | None]], today: date) -> list[tuple[str, str]]:
    """Give (field, rule) for what is wrong with the days of a participation, in the order of its steps; a step that was not taken has none."""
    known = [(name, day) for name, day in days if day]
    broken = [(name, "FUTURE") for name, day in known if day > today]
    return [*broken, *((later, "ORDER") for (_name, before), (later, after) in pairwise(known) if after < before)]


def broken_pause_rules(*, from_on: date, to_on: date | None, today: date) -> list[tuple[str, str]]:
    """Give (field, rule) for what is wrong with the days of an interruption."""
    if (to_on or from_on) > today:
        return [("to_on" if to_on else "from_on", "FUTURE")]
    return [("to_on", "PERIOD")] if to_on and to_on < from_on else []


def broken_participation_rules(
    service_type: str, *, mode: str | None, self_study_ground: str | None, work_starts_on: date | None, work_ends_on: date | None
) -> list[tuple[str, str]]:
    """Give (field, rule) for each rule the record of a participation breaks. SELF_STUDY: Decree 576/2024 § 2."""
    broken = []
    if service_type == ORIENTATION and mode == "SELF_STUDY" and not self_study_ground:
        broken.append(("self_study_ground", "SELF_STUDY"))
    if work_starts_on and work_ends_on and work_ends_on < work_starts_on:
        broken.append(("work_ends_on", "PERIOD"))
    return broken
