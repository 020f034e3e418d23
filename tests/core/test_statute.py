"""References to acts, in words and as addresses."""

from __future__ import annotations

import re

import pytest

from app.core.statute import address, in_words, sections_in_words
from app.deadlines.numbers import numbers
from app.reports.catalogue.all import INDICATORS
from app.training.exercises.all import BY_ID


@pytest.mark.parametrize(
    ("sections", "words"),
    [
        ("16", "16 §"), ("18.2", "18 § 2 mom."), ("32 a", "32 a §"), ("4, 32 a.1", "4 §, 32 a § 1 mom."), ("79.2, 80", "79 § 2 mom., 80 §"),
        ("102.3–4", "102 § 3–4 mom."), ("23.3–23.4, 31.1", "23 § 3–4 mom., 31 § 1 mom."), ("26–27", "26–27 §"), ("9.2–10.1", "9 § 2 mom. – 10 § 1 mom."),
    ],
)  # fmt: skip
def test_sections_are_written_as_both_languages_write_them(sections: str, words: str) -> None:
    assert sections_in_words(sections) == words


@pytest.mark.parametrize("sections", ["", "§ 18", "18.2,19", "18.2.1", "a"])
def test_what_is_no_section_is_not_shown_as_one(sections: str) -> None:
    with pytest.raises(ValueError):
        sections_in_words(sections)


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("681/2023 § 20.5", "681/2023 20 § 5 mom."), ("681/2023 §§ 25, 32 a; 576/2024", "681/2023 25 §, 32 a §; 576/2024"), ("576/2024", "576/2024"),
        ("681/2023 § 102.2; 1386/2010 § 12", "681/2023 102 § 2 mom.; 1386/2010 12 §"), ("681/2023 § 102 (322/2024)", "681/2023 102 § (322/2024)"),
    ],
)  # fmt: skip
def test_references_name_the_act_first(reference: str, words: str) -> None:
    assert in_words(reference) == words


def test_every_reference_that_is_shown_can_be_written() -> None:
    shown = [number.section for number in numbers()] + [one.basis for one in INDICATORS.values()] + [f"681/2023 § {one.section}" for one in BY_ID.values()]
    assert len(shown) > 100
    # Nothing is left of how they are declared.
    assert [one for one in shown if re.search(r"§§|§ \d(?![–\d]* mom\.)", in_words(one))] == []


def test_an_act_is_read_in_the_readers_language() -> None:
    assert address("681/2023", "fi") == "https://www.finlex.fi/fi/lainsaadanto/2023/681"
    assert address("681/2023", "sv") == "https://www.finlex.fi/sv/lagstiftning/2023/681"
