"""Rules of the deeds of an agreed plan; each gives (field, rule) for what is broken, the views give the sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.deadlines.counting import has_age
from app.deadlines.maxima import GROUNDS
from app.deadlines.numbers import number

Broken = list[tuple[str | None, str]]

# The self-motivated studies that are supported (§§ 28–31).
SUPPORTED_STUDIES = frozenset({"INT_TRAINING_SELF"})
# Reasons after which nobody is there to be guided on.
_NO_GUIDANCE = frozenset({"DIED", "LEFT_COUNTRY", "NO_CONTACT"})


def broken_child_rules(*, is_child: bool, heard_on: date | None, view: str | None, not_heard_reason: str | None) -> Broken:
    """Give what is missing of the child's view: the child was heard, or the reason why not is told. Basis: 681/2023 § 4."""
    if not is_child or (heard_on and view) or not_heard_reason:
        return []
    return [("child_view" if heard_on else "child_heard_on", "CHILD")]


@dataclass(frozen=True, kw_only=True)
class ExtensionFacts:
    """What the rules of an extension need; the ends are the last days plans may have without this extension and with it."""

    ground: str
    extended_to: date
    decided_on: date
    today: date
    drawn_up_date: date
    valid_to: date
    first_end: date | None
    end_before: date
    end_with: date
    is_jobseeker: bool
    has_interruption: bool


def broken_extension_rules(facts: ExtensionFacts) -> Broken:
    """Give what keeps a plan from being extended.

    V1: 681/2023 § 23.2; R10 and R11: § 23.3; R12: § 23.4; R13: § 31.1. NOT_NEEDED: a ground is recorded only where the law asks for one.
    """
    broken: Broken = []
    rule = GROUNDS.get(facts.ground, "R12")
    if not facts.drawn_up_date <= facts.decided_on <= facts.today:
        broken.append(("decided_on", "DECIDED"))
    if rule == "R12" and not facts.has_interruption:
        broken.append(("ground", "NO_INTERRUPTION"))
    if rule == "R13" and not facts.is_jobseeker:
        broken.append(("ground", "R13_JOBSEEKER"))
    elif rule == "R13" and facts.end_with <= facts.end_before:
        # The age on the day of the maximum is asked by the time limits themselves.
        broken.append(("ground", "R13_AGE"))
    return broken or _broken_length(facts, rule)


def _broken_length(facts: ExtensionFacts, rule: str) -> Broken:
    if facts.extended_to <= facts.valid_to:
        return [("extended_to", "LONGER")]
    if facts.first_end and facts.extended_to > facts.first_end:
        return [("extended_to", "V1")]
    if rule != "R12" and facts.extended_to <= facts.end_before:
        return [("extended_to", "NOT_NEEDED")]
    return [("extended_to", rule)] if facts.extended_to > facts.end_with else []


def broken_interruption_rules(*, starts_on: date, ends_on: date | None, plan_from: date, previous_end: date | None, today: date) -> Broken:
    """Give what keeps an interruption from being recorded. Basis: 681/2023 § 23.4."""
    if starts_on > today:
        return [("starts_on", "FUTURE")]
    if starts_on < plan_from:
        return [("starts_on", "BEFORE_PLAN")]
    if previous_end and starts_on <= previous_end:
        return [("starts_on", "OVERLAP")]
    return [("ends_on", "ORDER")] if ends_on and ends_on < starts_on else []


def broken_resumption_rules(*, ends_on: date, starts_on: date, today: date) -> Broken:
    """Give what is wrong with the last day of an interruption."""
    if ends_on > today:
        return [("ends_on", "FUTURE")]
    return [("ends_on", "ORDER")] if ends_on < starts_on else []


def broken_studies_rules(*, limited_from: date, studies_end: date, latest_end: date, today: date, birth_date: date, is_jobseeker: bool,
                         service_types: set[str]) -> Broken:  # fmt: skip
    """Give what keeps a plan from going on for the support of studies alone. Basis: 681/2023 § 31.2–3."""
    broken: Broken = []
    if not SUPPORTED_STUDIES & service_types:
        broken.append((None, "R14_STUDIES"))
    if not is_jobseeker:
        broken.append((None, "R14_JOBSEEKER"))
    if not has_age(birth_date, number("STUDIES_AGE", today).amount, latest_end):
        broken.append((None, "R14_AGE"))
    if limited_from <= latest_end:
        broken.append(("limited_from", "R14_EARLY"))
    elif limited_from > today:
        broken.append(("limited_from", "FUTURE"))
    if studies_end <= limited_from:
        broken.append(("studies_end", "ORDER"))
    return broken


def broken_end_rules(*, ended_on: date, plan_from: date, today: date, reason: str, guidance: str | None, status: str,
                     employment_plan_on: date | None) -> Broken:  # fmt: skip
    """Give what keeps a plan from being ended: its day, the guidance onward, and for studies the employment plan (681/2023 § 31.3)."""
    broken: Broken = []
    if ended_on > today:
        broken.append(("ended_on", "FUTURE"))
    elif ended_on < plan_from:
        broken.append(("ended_on", "BEFORE_PLAN"))
    if not guidance and reason not in _NO_GUIDANCE:
        broken.append(("onward_guidance", "GUIDANCE"))
    if reason == "EMPLOYMENT_PLAN" and not employment_plan_on:
        broken.append(("employment_plan_on", "EMPLOYMENT_PLAN"))
    if employment_plan_on and employment_plan_on > today:
        broken.append(("employment_plan_on", "FUTURE"))
    if status == "STUDIES_ONLY" and not employment_plan_on and reason not in {*_NO_GUIDANCE, "OTHER"}:
        broken.append(("employment_plan_on", "EMPLOYMENT_PLAN"))
    return list(dict.fromkeys(broken))
