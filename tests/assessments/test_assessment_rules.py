"""What must be told and written before an assessment is complete (Decree 869/2024 §§ 2.1 and 2.3)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.assessments.rules import DUTIES_TO_INFORM, SECTIONS, Completion, broken_completion_rules, missing_duties, missing_sections

TOLD = dict.fromkeys(DUTIES_TO_INFORM, date(2026, 1, 15))
WRITTEN = dict.fromkeys(SECTIONS, "Text")
TODAY = date(2026, 11, 20)
STARTED = TODAY - timedelta(days=20)
GOOD: dict[str, Any] = {
    "today": TODAY, "started_on": STARTED, "completed_on": TODAY, "outcome": "PLAN", "plan_planned_on": TODAY, "guided_to": None,
    "missing_sections": [], "missing_duties": [],
}  # fmt: skip


def test_the_decree_names_nine_sections_and_four_things_to_tell() -> None:
    assert (len(SECTIONS), len(set(SECTIONS)), len(set(DUTIES_TO_INFORM))) == (9, 9, 4)
    assert missing_sections({}) == list(SECTIONS) and missing_duties({}) == list(DUTIES_TO_INFORM)


def test_nothing_is_missing_when_all_is_there() -> None:
    assert missing_sections(WRITTEN) == [] and missing_duties(TOLD) == []


@pytest.mark.parametrize("section", SECTIONS)
def test_each_section_without_a_text_is_missing(section: str) -> None:
    assert missing_sections({**WRITTEN, section: ""}) == missing_sections({**WRITTEN, section: None}) == [section]


@pytest.mark.parametrize("duty", DUTIES_TO_INFORM)
def test_each_duty_without_a_day_is_missing(duty: str) -> None:
    assert missing_duties({**TOLD, duty: None}) == [duty]


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({}, []),
        ({"missing_sections": ["LITERACY"]}, [(None, "SECTIONS")]),
        ({"missing_duties": ["aims_told_on"]}, [(None, "DUTIES")]),
        ({"has_open_measures": True}, [(None, "MEASURES")]),
        ({"completed_on": TODAY + timedelta(days=1), "plan_planned_on": TODAY + timedelta(days=1)}, [("completed_on", "FUTURE")]),
        ({"completed_on": STARTED - timedelta(days=1)}, [("completed_on", "EARLY")]),
        ({"completed_on": STARTED}, []),
        ({"plan_planned_on": None}, [("plan_planned_on", "PLAN_DAY")]),
        ({"plan_planned_on": TODAY - timedelta(days=1)}, [("plan_planned_on", "PLAN_EARLY")]),
        ({"outcome": "WORK", "plan_planned_on": None}, [("guided_to", "GUIDANCE")]),
        ({"outcome": "WORK", "guided_to": "TE"}, []),
        ({"outcome": "NO_NEED", "plan_planned_on": None}, []),
    ],
)
def test_what_keeps_an_assessment_open(changes: dict[str, Any], broken: list[tuple[str | None, str]]) -> None:
    assert broken_completion_rules(Completion(**{**GOOD, **changes})) == broken
