"""What must be told and written before an assessment is complete (Decree 869/2024 §§ 2.1 and 2.3)."""

from __future__ import annotations

from datetime import date

import pytest

from app.assessments.rules import DUTIES_TO_INFORM, SECTIONS, missing_duties, missing_sections

TOLD = dict.fromkeys(DUTIES_TO_INFORM, date(2026, 1, 15))
WRITTEN = dict.fromkeys(SECTIONS, "Text")


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
