"""What figures ask of an assessment, with days on, before and after each bound."""

from __future__ import annotations

from datetime import date

import pytest

from app.codes.lists import values
from app.reports.assessment_rules import is_early, is_window_closing, known_on, language_group
from app.reports.groups import LANGUAGE_LEVELS

START = date(2026, 7, 20)


@pytest.mark.parametrize(
    ("permit", "told"), [(date(2025, 7, 20), True), (date(2025, 7, 19), False), (date(2026, 8, 1), True), (None, False)]
)
def test_early_is_within_365_days(permit: date | None, told: bool) -> None:
    assert is_early(START, permit) is told


@pytest.mark.parametrize(
    ("permit", "day", "told"),
    [(date(2024, 2, 29), date(2026, 8, 31), False), (date(2024, 2, 29), date(2026, 9, 1), True), (date(2024, 2, 29), date(2027, 2, 28), True),
     (date(2024, 2, 29), date(2027, 3, 1), False), (date(2023, 7, 20), date(2026, 7, 20), True), (None, date(2026, 7, 20), False)],
)  # fmt: skip
def test_the_window_closes_within_half_a_year(permit: date | None, day: date, told: bool) -> None:
    assert is_window_closing(permit, day) is told


@pytest.mark.parametrize(
    ("recorded", "handled", "earlier", "since"),
    [(date(2026, 7, 1), [date(2026, 7, 10)], None, date(2026, 7, 1)), (None, [date(2026, 7, 10), date(2026, 7, 2)], None, date(2026, 7, 10)),
     (None, [START], None, START), (None, [date(2026, 7, 21)], None, None), (None, [], None, None),
     (None, [date(2026, 7, 10)], date(2026, 7, 10), None), (None, [date(2026, 7, 11)], date(2026, 7, 10), date(2026, 7, 11))],
)  # fmt: skip
def test_the_ground_is_known_from_the_recorded_day_or_the_last_contact(
    recorded: date | None, handled: list[date], earlier: date | None, since: date | None
) -> None:
    assert known_on(recorded, handled, START, earlier) == since


@pytest.mark.parametrize(
    ("levels", "group"),
    [([], "UNKNOWN"), (["X"], "UNKNOWN"), (["ALLE_A1.1"], "BELOW"), (["ALLE_A1.1", "A1.1"], "A1"), (["A2.2", "A1.3", "X"], "A2"), (["B1.2"], "B1"),
     (["B1.1", "B2.1"], "B2-"), (["C2.2"], "B2-")],
)  # fmt: skip
def test_the_highest_level_decides(levels: list[str], group: str) -> None:
    assert language_group(levels) == group


def test_every_level_has_a_group() -> None:
    assert {language_group([one.code]) for one in values("CEFR")} == {*LANGUAGE_LEVELS, "UNKNOWN"}
