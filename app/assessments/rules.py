"""Rules of the assessment; pure functions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from app.deadlines.counting import has_age
from app.deadlines.numbers import number

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
    has_open_measures: bool = False


def broken_completion_rules(facts: Completion) -> list[tuple[str | None, str]]:
    """Give (field, rule) for each rule that keeps the assessment open.

    SECTIONS: Decree 869/2024 § 2.1; DUTIES: § 2.3; MEASURES: § 3; PLAN_DAY and GUIDANCE: Decree 874/2024 § 1, which has the day of drawing up the
    plan stored, or the other guidance.
    """
    broken: list[tuple[str | None, str]] = []
    if facts.missing_sections:
        broken.append((None, "SECTIONS"))
    if facts.missing_duties:
        broken.append((None, "DUTIES"))
    if facts.has_open_measures:
        broken.append((None, "MEASURES"))
    if rule := broken_end(facts.completed_on, facts.started_on, facts.today):
        broken.append(("completed_on", rule))
    if facts.outcome == "PLAN":
        if facts.plan_planned_on is None:
            broken.append(("plan_planned_on", "PLAN_DAY"))
        elif facts.plan_planned_on < facts.completed_on:
            broken.append(("plan_planned_on", "PLAN_EARLY"))
    elif facts.outcome != "NO_NEED" and not facts.guided_to:
        broken.append(("guided_to", "GUIDANCE"))
    return broken


def broken_end(ended_on: date, started_on: date, today: date) -> str | None:
    """Give the rule that a last day of the assessment breaks, None when it stands."""
    return "FUTURE" if ended_on > today else "EARLY" if ended_on < started_on else None


CHILD, VICTIM = "A6", "A7"


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """What is known when an assessment begins; `window_ends_on` is the last day of R03, None where nothing bounds it."""

    grounds: frozenset[str]
    started_on: date
    birth_date: date | None
    window_ends_on: date | None
    over_three_years_reason: str | None


def is_too_old(grounds: Collection[str], birth_date: date | None, on: date) -> bool:
    """Tell whether the ground of a child or young person is given of somebody past the age (R16). Basis: 681/2023 § 2.6."""
    return CHILD in grounds and has_age(birth_date, number("R16", on).amount, on) is True


def broken_beginning_rules(facts: Beginning) -> list[tuple[str, str]]:
    """Give (field, rule) for each rule that the beginning breaks.

    AGE: 681/2023 §§ 2.6, 14.1; WINDOW: § 14.1, three years from the first permit, card or registration; LATE_REASON and
    NOT_LATE: § 14.6, which lets a victim of trafficking be assessed later.
    """
    broken = []
    if is_too_old(facts.grounds, facts.birth_date, facts.started_on):
        broken.append(("ground", "AGE"))
    is_late = facts.window_ends_on is not None and facts.started_on > facts.window_ends_on
    if is_late and VICTIM not in facts.grounds:
        broken.append(("started_on", "WINDOW"))
    elif is_late and not facts.over_three_years_reason:
        broken.append(("over_three_years_reason", "LATE_REASON"))
    elif facts.over_three_years_reason and not is_late:
        broken.append(("over_three_years_reason", "NOT_LATE"))
    return broken


def broken_meeting_rules(*, started_on: date, known_on: date | None, channel: str, channel_reason: str | None, today: date) -> list[tuple[str, str]]:
    """Give (field, rule) for what is wrong with the first days of an assessment and where it is held."""
    broken = []
    if started_on > today:
        broken.append(("started_on", "FUTURE"))
    elif known_on and known_on > started_on:
        broken.append(("known_on", "KNOWN_LATE"))
    if channel != "OFFICE" and not channel_reason:
        broken.append(("channel_reason", "CHANNEL"))
    return broken


def broken_measure_rules(*, ordered_on: date, done_on: date | None, result: str | None, called_off: str | None, started_on: date,
                         today: date) -> list[tuple[str, str]]:  # fmt: skip
    """Give (field, rule) for each rule that a clarifying measure breaks. Basis: Decree 869/2024 § 3."""
    broken = [(field, "FUTURE") for field, day in (("ordered_on", ordered_on), ("done_on", done_on)) if day and day > today]
    if ordered_on < started_on:
        broken.append(("ordered_on", "MEASURE_EARLY"))
    if done_on and done_on < ordered_on:
        broken.append(("done_on", "EARLY"))
    if done_on and called_off:
        broken.append(("called_off_reason", "DONE_AND_OFF"))
    if done_on and not result:
        broken.append(("result", "RESULT"))
    return broken
