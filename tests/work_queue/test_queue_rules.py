"""How urgent a day is, and which absences may stand beside each other, on, before and after each limit."""

from __future__ import annotations

from datetime import date

import pytest

from app.work_queue.rules import LIGHTS, Away, broken_absence_rules, light_of

TODAY = date(2026, 2, 27)


@pytest.mark.parametrize(
    ("due_on", "light", "kind"),
    [
        pytest.param(date(2026, 2, 26), "LATE", "danger", id="yesterday"), pytest.param(date(2025, 2, 27), "LATE", "danger", id="a-year-ago"),
        pytest.param(TODAY, "TODAY", "warning", id="today"), pytest.param(date(2026, 2, 28), "SOON", "warning", id="tomorrow"),
        pytest.param(date(2026, 3, 6), "SOON", "warning", id="in-a-week"), pytest.param(date(2026, 3, 7), "LATER", "success", id="a-day-over-a-week"),
    ],
)  # fmt: skip
def test_the_light_of_a_day(due_on: date, light: str, kind: str) -> None:
    assert light_of(due_on, TODAY) == light and LIGHTS[light] == kind


def days(first: int, last: int, user: int = 1, cover: int = 2) -> Away:
    return Away(user, cover, date(2026, 7, first), date(2026, 7, last))


@pytest.mark.parametrize(
    ("first", "last", "meets"),
    [
        pytest.param(1, 9, False, id="ends-the-day-before"), pytest.param(1, 10, True, id="ends-on-the-first-day"), pytest.param(12, 13, True, id="within"),
        pytest.param(5, 25, True, id="around"), pytest.param(20, 25, True, id="begins-on-the-last-day"), pytest.param(21, 25, False, id="begins-the-day-after"),
    ],
)  # fmt: skip
def test_absences_meet_when_they_share_a_day(first: int, last: int, meets: bool) -> None:
    assert days(10, 20).meets(date(2026, 7, first), date(2026, 7, last)) is meets
    assert broken_absence_rules(days(first, last), [days(10, 20, cover=3)]) == ([("starts_on", "OVERLAP")] if meets else [])
    assert broken_absence_rules(days(first, last), [days(10, 20, user=2, cover=3)]) == ([("cover_id", "AWAY")] if meets else [])


@pytest.mark.parametrize(
    ("new", "broken"),
    [
        pytest.param(days(10, 20), [], id="alone"), pytest.param(days(10, 10), [], id="a-single-day"), pytest.param(days(10, 9), [("ends_on", "ORDER")], id="ends-before-it-begins"),
        pytest.param(days(10, 20, cover=1), [("cover_id", "SELF")], id="covers-oneself"),
    ],
)  # fmt: skip
def test_an_absence_alone(new: Away, broken: list[tuple[str, str]]) -> None:
    assert broken_absence_rules(new, []) == broken


def test_other_peoples_absences_are_none_of_ones_own() -> None:
    assert broken_absence_rules(days(10, 20), [days(10, 20, user=3, cover=1), days(10, 20, user=4, cover=2)]) == []


def test_all_that_is_broken_is_told() -> None:
    new = days(10, 20, cover=1)
    assert broken_absence_rules(new, [days(1, 9), days(15, 15)]) == [("cover_id", "SELF"), ("starts_on", "OVERLAP"), ("cover_id", "AWAY")]
