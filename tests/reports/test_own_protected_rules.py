"""Of its own municipality, whoever may not see persons under non-disclosure sees no small cell with one, nor a way to it."""

from __future__ import annotations

from datetime import date

from app.reports.disclosure.limits import OFFICIAL, limits_of
from app.reports.disclosure.own import hidden_of_own

LIMITS = limits_of(OFFICIAL, date(2026, 3, 31))


def test_without_anyone_protected_nothing_is_hidden() -> None:
    assert hidden_of_own({"F": (1, 0), "M": (3, 0)}, "GENDER", LIMITS) == frozenset()


def test_a_cell_with_someone_protected_is_hidden_under_twenty_and_told_from_twenty() -> None:
    assert hidden_of_own({"": (19, 1)}, "", LIMITS) == {""}
    assert hidden_of_own({"": (20, 1)}, "", LIMITS) == frozenset()


def test_others_are_hidden_until_what_is_hidden_together_is_twenty() -> None:
    counts = {"ar": (3, 1), "uk": (5, 0), "so": (40, 0), "fa": (90, 0)}
    assert hidden_of_own(counts, "MOTHER_TONGUE", LIMITS) == {"ar", "uk", "so"}


def test_a_breakdown_with_no_other_value_is_hidden_whole() -> None:
    assert hidden_of_own({"F": (7, 1), "M": (0, 0)}, "GENDER", LIMITS) == {"F", "M"}


def test_a_crossing_is_hidden_whole() -> None:
    assert hidden_of_own({"F*18-24": (30, 0), "M*18-24": (4, 1)}, "GENDER*AGE_GROUP", LIMITS) == {"F*18-24", "M*18-24"}
