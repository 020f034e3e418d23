"""Until when a county may be invited to what, and the state of an invitation on each side of its last day (681/2023 § 79.2)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.participations.rules import Matter, broken_invitation, latest_end, state_of

TODAY, DAY = date(2026, 3, 15), timedelta(days=1)
# Six months, the longest that a right of participation lasts.
HALF_A_YEAR = date(2026, 9, 15)
ASSESSMENT = Matter(kind="ASSESSMENT", row_id="a1", text="Assessment")


def plan(ends_on: date) -> Matter:
    return Matter(kind="PLAN", row_id="p1", text="Plan", ends_on=ends_on)


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({}, "INVITED"), ({"is_accepted": True}, "ACCEPTED"), ({"today": TODAY + DAY}, "EXPIRED"), ({"today": TODAY + DAY, "is_accepted": True}, "EXPIRED"),
        ({"today": TODAY - DAY}, "INVITED"), ({"ended_how": "DECLINED"}, "DECLINED"), ({"ended_how": "TAKEN_BACK", "is_accepted": True}, "ENDED"),
        ({"ended_how": "DECLINED", "today": TODAY + DAY}, "DECLINED"), ({"ended_how": "TAKEN_BACK", "today": TODAY + DAY}, "ENDED"),
    ],
)  # fmt: skip
def test_the_state_of_an_invitation(change: dict[str, Any], state: str) -> None:
    assert state_of(**{"ended_how": None, "is_accepted": False, "valid_to": TODAY, "today": TODAY, **change}) == state


@pytest.mark.parametrize(
    ("matter", "last"),
    [
        (ASSESSMENT, HALF_A_YEAR), (plan(HALF_A_YEAR - DAY), HALF_A_YEAR - DAY), (plan(HALF_A_YEAR), HALF_A_YEAR), (plan(HALF_A_YEAR + DAY), HALF_A_YEAR),
    ],
)  # fmt: skip
def test_no_longer_than_the_plan_and_half_a_year(matter: Matter, last: date) -> None:
    assert latest_end(matter, TODAY) == last


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({}, []), ({"profile": "PLAN_AND_REVIEW_PART"}, []), ({"profile": "ASSESSMENT_PART"}, [("profile", "PROFILE")]),
        ({"valid_to": TODAY}, []), ({"valid_to": TODAY - DAY}, [("valid_to", "PAST")]), ({"valid_to": HALF_A_YEAR + DAY}, [("valid_to", "LATEST")]),
        ({"is_invited_already": True}, [("organisation_id", "TWICE")]),
        ({"profile": "REVIEW_PART", "valid_to": HALF_A_YEAR + DAY, "is_invited_already": True},
         [("profile", "PROFILE"), ("valid_to", "LATEST"), ("organisation_id", "TWICE")]),
    ],
)  # fmt: skip
def test_what_an_invitation_may_not_be(change: dict[str, Any], broken: list[tuple[str, str]]) -> None:
    good = {"profile": "PLAN_PART", "valid_to": HALF_A_YEAR, "today": TODAY, "is_invited_already": False}
    assert broken_invitation(plan(date(2027, 1, 15)), **{**good, **change}) == broken


def test_a_matter_has_one_key() -> None:
    assert (ASSESSMENT.key, plan(TODAY).key) == ("ASSESSMENT:a1", "PLAN:p1")
