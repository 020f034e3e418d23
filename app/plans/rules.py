"""Rules of the integration plan; each gives the name of what is broken, the views give the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.deadlines.counting import due_after
from app.deadlines.numbers import limit_after, number

# The statuses of a plan that is followed: it is reviewed, and its end is watched.
IN_FORCE = ("IN_FORCE", "EXTENDED", "INTERRUPTED", "STUDIES_ONLY")


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """What the rules of a plan's dates need to know."""

    drawn_up_date: date
    valid_from: date
    valid_to: date
    planned_review_date: date
    # None of a plan that rests on no assessment; `date.max` of an assessment that still goes on.
    assessment_completed_on: date | None
    # The last day of a client's first plan, None when this is a later one or the older act set no such day.
    first_end: date | None
    # The last day that any of the client's plans may have.
    latest_end: date
    first_permit_date: date | None
    trafficking_victim: bool


def needs_assessment(drawn_up_date: date) -> bool:
    """Tell whether a plan of that day must rest on an assessment; the act before had plans without one. Basis: 681/2023 §§ 16, 102.2."""
    return drawn_up_date >= number("R09", drawn_up_date).valid_from


def broken_date_rules(facts: PlanFacts) -> list[tuple[str, str]]:
    """Give (field, rule) for each rule the dates break.

    V1: 681/2023 § 23.2; V2: §§ 23.2–23.4 and 31.1; V3 and NO_ASSESSMENT: § 16; V4: §§ 20.3–20.4; V8: § 22.1.
    """
    broken = []
    if facts.valid_to <= facts.valid_from:
        broken.append(("valid_to", "ORDER"))
    if facts.first_end and facts.valid_to > facts.first_end:
        broken.append(("valid_to", "V1"))
    elif facts.valid_to > facts.latest_end:
        broken.append(("valid_to", "V2"))
    if facts.assessment_completed_on is None:
        if needs_assessment(facts.drawn_up_date):
            broken.append(("drawn_up_date", "NO_ASSESSMENT"))
    elif facts.drawn_up_date < facts.assessment_completed_on:
        broken.append(("drawn_up_date", "V3"))
    if facts.first_permit_date and not facts.trafficking_victim and facts.drawn_up_date > due_after(facts.first_permit_date, "R05"):
        broken.append(("drawn_up_date", "V4"))
    if facts.planned_review_date > limit_after(facts.drawn_up_date, "R07"):
        broken.append(("planned_review_date", "V8"))
    if facts.planned_review_date <= facts.drawn_up_date:
        broken.append(("planned_review_date", "ORDER"))
    return broken


def broken_agreement_rules(*, goal_types: Sequence[str], justifications: Sequence[str | None], is_jobseeker: bool,
                           age: int, on: date, education_goal_reason: str | None) -> list[str]:  # fmt: skip
    """Give the rules that keep a plan from being agreed.

    GOAL: 681/2023 § 18.1; V5: § 19.3; V6: § 18.2; V7: § 18.4.
    """
    broken = []
    if not goal_types:
        broken.append("GOAL")
    if not justifications:
        broken.append("SERVICE")
    if any(not text for text in justifications):
        broken.append("V5")
    if is_jobseeker and not {"EMPLOYMENT", "ENTREPRENEURSHIP"} & set(goal_types):
        broken.append("V6")
    is_young = age < number("EDUCATION_GOAL_AGE", on).amount
    if is_young and "UPPER_SECONDARY" not in goal_types and not education_goal_reason:
        broken.append("V7")
    return broken


def is_kela_told(employment_status: str, plan_status: str) -> bool:
    """Tell whether Kela is to be told of the plan: its client receives home-care allowance. Basis: 681/2023 §§ 84.2, 88.1."""
    return employment_status == "HOME_CARE" and plan_status in ("AGREED", *IN_FORCE)


def broken_telling_rules(*, told_on: date, agreed_on: date | None, today: date, is_due: bool) -> list[tuple[str | None, str]]:
    """Give (field, rule) for each rule that forbids recording that Kela was told; `is_due` as `is_kela_told` says. Basis: 681/2023 § 88.1."""
    broken: list[tuple[str | None, str]] = [] if is_due else [(None, "KELA")]
    if told_on > today:
        return [*broken, ("kela_told_on", "FUTURE")]
    return [*broken, ("kela_told_on", "KELA_EARLY")] if agreed_on and told_on < agreed_on else broken
