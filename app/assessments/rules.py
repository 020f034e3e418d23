"""Rules of the assessment; pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

# The outcomes after which a client has nowhere to be guided: a plan follows, or there is no need.
_WITHOUT_GUIDANCE = ("PLAN", "NO_NEED")

# Decree 869/2024 § 2.1 items 1–9, in the decree's order.
SECTIONS = ("LITERACY", "FINNISH_SWEDISH", "STUDY_WORK_SKILLS", "EMPLOYMENT_EDUCATION_NEEDS", "EDUCATION_WORK",
            "STRENGTHS", "NEED_OF_PLAN", "LIFE_SITUATION", "OTHER_NEEDS")  # fmt: skip

# Decree 869/2024 § 2.3: what the client must have been told.
DUTIES_TO_INFORM = ("aims_told_on", "process_told_on", "duties_told_on", "data_told_on")


def missing_sections(filled: Mapping[str, str | None]) -> list[str]:
    """Give the sections that have no text yet. Basis: Decree 869/2024 § 2.1."""
    return [section for section in SECTIONS if not filled.get(section)]


def missing_duties(told: Mapping[str, date | None]) -> list[str]:
    """Give the duties to inform that are not marked. Basis: Decree 869/2024 § 2.3."""
    return [duty for duty in DUTIES_TO_INFORM if told.get(duty) is None]


@dataclass(frozen=True, kw_only=True)
class Completion:
    """What is known when an assessment is completed; `missing_*` are the codes of what the interview lacks."""

    today: date
    started_on: date
    completed_on: date
    outcome: str
    plan_planned_on: date | None
    guided_to: str | None
    missing_sections: list[str]
    missing_duties: list[str]


def broken_completion_rules(facts: Completion) -> list[tuple[str | None, str]]:
    """Give (field, rule) for each rule that keeps the assessment open.

    SECTIONS: Decree 869/2024 § 2.1; DUTIES: § 2.3; PLAN_DAY and GUIDANCE: Decree 874/2024 § 1, which has the day of drawing up the
    plan stored, or the other guidance.
    """
    broken: list[tuple[str | None, str]] = []
    if facts.missing_sections:
        broken.append((None, "SECTIONS"))
    if facts.missing_duties:
        broken.append((None, "DUTIES"))
    if rule := broken_end(facts.completed_on, facts.started_on, facts.today):
        broken.append(("completed_on", rule))
    if facts.outcome == "PLAN":
        if facts.plan_planned_on is None:
            broken.append(("plan_planned_on", "PLAN_DAY"))
        elif facts.plan_planned_on < facts.completed_on:
            broken.append(("plan_planned_on", "PLAN_EARLY"))
    elif facts.outcome not in _WITHOUT_GUIDANCE and not facts.guided_to:
        broken.append(("guided_to", "GUIDANCE"))
    return broken


def broken_end(ended_on: date, started_on: date, today: date) -> str | None:
    """Give the rule that a last day of the assessment breaks, None when it stands."""
    return "FUTURE" if ended_on > today else "EARLY" if ended_on < started_on else None
