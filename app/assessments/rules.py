"""Rules of the assessment; pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

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
