"""The rules of a review, with dates on, before and after each limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.reviews.rules import ReviewFacts, broken_review_rules, latest_next_review

DAY = date(2026, 7, 15)
GOOD = ReviewFacts(
    reviewed_on=DAY, today=DAY, begins_on=DAY, ends_on=date(2027, 1, 15), previous_on=None, initiator="TIME", reason=None,
    next_review_date=date(2027, 1, 15),
)  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {}, {"initiator": "CLIENT", "reason": "Work"}, {"next_review_date": date(2026, 7, 16)}, {"previous_on": date(2026, 7, 14)},
        {"ends_on": date(2027, 6, 1)}, {"ends_on": DAY}, {"ends_on": date(2026, 1, 1), "next_review_date": date(2026, 9, 1)},
    ],
)  # fmt: skip
def test_a_review_on_every_limit_is_good(change: dict[str, Any]) -> None:
    assert broken_review_rules(replace(GOOD, **change)) == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        pytest.param({"today": date(2026, 7, 14)}, ("reviewed_on", "FUTURE"), id="future"),
        pytest.param({"begins_on": date(2026, 7, 16)}, ("reviewed_on", "EARLY"), id="before-the-plan"),
        pytest.param({"previous_on": DAY}, ("reviewed_on", "PREVIOUS"), id="not-after-the-one-before"),
        pytest.param({"initiator": "CLIENT"}, ("reason", "REASON"), id="22.2-client"),
        pytest.param({"initiator": "MUNI_CHANGE"}, ("reason", "REASON"), id="22.2-municipality"),
        pytest.param({"initiator": "WSC"}, ("reason", "REASON"), id="22.2-county"),
        pytest.param({"next_review_date": DAY}, ("next_review_date", "ORDER"), id="order"),
        pytest.param({"ends_on": date(2027, 6, 1), "next_review_date": date(2027, 1, 16)}, ("next_review_date", "V8"), id="22.1"),
        pytest.param({"ends_on": date(2027, 1, 14)}, ("next_review_date", "END"), id="end-of-the-plan"),
        pytest.param({"ends_on": date(2026, 1, 1), "next_review_date": date(2027, 1, 16)}, ("next_review_date", "V8"), id="22.1-plan-has-ended"),
    ],
)
def test_a_broken_limit_is_named(change: dict[str, Any], rule: tuple[str, str]) -> None:
    assert broken_review_rules(replace(GOOD, **change)) == [rule]


@pytest.mark.parametrize(
    ("reviewed_on", "ends_on", "latest"),
    [
        (date(2026, 7, 15), date(2027, 6, 1), date(2027, 1, 15)), (date(2026, 8, 31), date(2027, 6, 1), date(2027, 2, 28)),
        (date(2026, 7, 15), date(2026, 10, 1), date(2026, 10, 1)), (date(2026, 7, 15), date(2026, 7, 15), date(2027, 1, 15)),
    ],
)  # fmt: skip
def test_the_latest_next_review_is_six_months_on_or_the_plans_end(reviewed_on: date, ends_on: date, latest: date) -> None:
    assert latest_next_review(reviewed_on, ends_on) == latest
