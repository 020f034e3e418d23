"""When the four years are over, and what is told of several things that keep the data."""

from __future__ import annotations

from datetime import date

import pytest

from app.retention.rules import FINDING, HELD, MOVE, TRANSFER, is_due, kept_because


@pytest.mark.parametrize(
    ("ended", "on", "due"),
    [
        (None, date(2099, 1, 1), False), (date(2025, 3, 3), date(2029, 3, 2), False), (date(2025, 3, 3), date(2029, 3, 5), True),
        # The fourth year ends on a Saturday: the day moves to the Monday.
        (date(2025, 3, 3), date(2029, 3, 3), False), (date(2028, 2, 29), date(2032, 2, 28), False), (date(2028, 2, 29), date(2032, 3, 1), True),
    ],
)  # fmt: skip
def test_four_years_after_the_end(ended: date | None, on: date, due: bool) -> None:
    assert is_due(ended, on) is due


@pytest.mark.parametrize(("found", "told"), [((), None), ((MOVE,), MOVE), ((MOVE, FINDING), FINDING), ((FINDING, TRANSFER, HELD), HELD), ((MOVE, TRANSFER), TRANSFER)])
def test_the_hold_of_the_municipality_is_told_first(found: tuple[str, ...], told: str | None) -> None:
    assert kept_because(found) == told
