"""References to acts, in words and as addresses."""

from __future__ import annotations

import pytest

from app.training.exercises.all import BY_ID
from app.web.law import address, in_words


@pytest.mark.parametrize(
    ("sections", "words"),
    [("16", "16 §"), ("18.2", "18 § 2 mom."), ("32 a", "32 a §"), ("4, 32 a.1", "4 §, 32 a § 1 mom."), ("79.2, 80", "79 § 2 mom., 80 §"), ("102.3–4", "102 § 3–4 mom.")],
)
def test_sections_are_written_as_both_languages_write_them(sections: str, words: str) -> None:
    assert in_words(sections) == words


@pytest.mark.parametrize("sections", ["", "§ 18", "18.2,19", "18.2.1", "a"])
def test_what_is_no_section_is_not_shown_as_one(sections: str) -> None:
    with pytest.raises(ValueError):
        in_words(sections)


def test_the_section_of_every_exercise_can_be_written() -> None:
    assert all(in_words(one.section).endswith(("§", "mom.")) for one in BY_ID.values())


def test_an_act_is_read_in_the_readers_language() -> None:
    assert address("681/2023", "fi") == "https://www.finlex.fi/fi/lainsaadanto/2023/681"
    assert address("681/2023", "sv") == "https://www.finlex.fi/sv/lagstiftning/2023/681"
