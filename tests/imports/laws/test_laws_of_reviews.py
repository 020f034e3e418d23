"""What stops a brought review or consent, and what is history."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.consents.texts import BROUGHT
from tests.imports.laws.brought import ASSESSMENT, PLAN, TODAY, Bringing

REVIEW = {"planned_on": date(2025, 8, 20), "reviewed_on": date(2025, 8, 20), "initiator": "TIME", "participation": "x", "progress": "PARTLY", "authors": "x", "next_review_date": date(2026, 2, 20)}
CONSENT = {"type": "C_GUIDANCE", "language": "uk", "given_on": date(2024, 5, 1)}


def _plan(bringing: Bringing, **values: Any) -> str:
    assessment = bringing.under("assessment", **ASSESSMENT)
    return str(bringing.under("integration_plan", assessment_id=assessment.id, **{**PLAN, **values}).id)


@pytest.mark.parametrize(
    ("values", "found"),
    [
        pytest.param({}, [], id="good"),
        pytest.param({"reviewed_on": TODAY + timedelta(days=1)}, [("reviewed_on", "FUTURE", True)], id="to-come"),
        pytest.param({"reviewed_on": date(2025, 2, 28)}, [("reviewed_on", "EARLY", True)], id="before-the-plan"),
        pytest.param({"next_review_date": date(2025, 8, 20)}, [("next_review_date", "ORDER", True)], id="next-on-the-day-itself"),
        pytest.param({"next_review_date": date(2026, 2, 21)}, [("next_review_date", "V8", False)], id="22.1-next-too-late"),
        pytest.param({"initiator": "CLIENT"}, [("reason", "REASON", False)], id="22.2-no-reason"),
    ],
)
def test_what_is_wrong_with_a_review(bringing: Bringing, values: dict[str, Any], found: list[Any]) -> None:
    review, said = bringing.part("plan_review", plan_id=_plan(bringing), **{**REVIEW, **values})
    assert said == found and review.client_id == bringing.client_row.id


def test_the_six_months_bind_no_review_of_the_older_act(bringing: Bringing) -> None:
    days = {"drawn_up_date": date(2023, 3, 1), "valid_from": date(2023, 3, 1), "agreed_on": date(2023, 3, 1), "planned_review_date": date(2024, 3, 1)}
    for reviewed_on, found in ((date(2024, 12, 31), []), (date(2025, 1, 1), [("next_review_date", "V8", False)])):
        values = {**REVIEW, "reviewed_on": reviewed_on, "next_review_date": date(2025, 12, 1)}
        assert bringing.part("plan_review", plan_id=_plan(bringing, **days), **values)[1] == found


def test_a_plan_is_reviewed_once_a_day_and_no_draft_is(bringing: Bringing) -> None:
    plan = _plan(bringing)
    assert bringing.part("plan_review", plan_id=plan, **REVIEW)[1] == []
    assert bringing.part("plan_review", plan_id=plan, **REVIEW)[1] == [("reviewed_on", "TWICE", True)]
    draft = _plan(bringing, agreed_on=None, ended_on=None)
    assert bringing.part("plan_review", plan_id=draft, **REVIEW)[1] == [("plan_id", "NOT_AGREED", True)]


def test_a_review_finds_of_the_goals_of_its_own_plan_and_each_once(bringing: Bringing) -> None:
    plan, other = _plan(bringing), _plan(bringing)
    goal, foreign = (bringing.row("goal", plan_id=key, horizon="LONG_TERM", goal_type="LANGUAGE", description="x") for key in (plan, other))
    review, _said = bringing.part("plan_review", plan_id=plan, **REVIEW)
    assert bringing.part("reviewed_goal", review_id=review.id, goal_id=goal.id, result="OPEN")[1] == []
    assert bringing.part("reviewed_goal", review_id=review.id, goal_id=goal.id, result="OPEN")[1] == [("goal_id", "SAME", True)]
    assert bringing.part("reviewed_goal", review_id=review.id, goal_id=foreign.id, result="OPEN")[1] == [("goal_id", "OTHER_PLAN", True)]
    assert bringing.part("hindrance", review_id=review.id, hindrance="HEALTH")[1] == []
    assert bringing.part("hindrance", review_id=review.id, hindrance="HEALTH")[1] == [("hindrance", "SAME", True)]


@pytest.mark.parametrize(
    ("values", "found", "status"),
    [
        pytest.param({}, [], "GIVEN", id="given-before-any-text-of-ours"),
        pytest.param({"withdrawn_on": date(2024, 5, 1)}, [], "WITHDRAWN", id="withdrawn-the-same-day"),
        pytest.param({"withdrawn_on": date(2024, 4, 30)}, [("withdrawn_on", "BEFORE_GIVEN", True)], "WITHDRAWN", id="withdrawn-before"),
        pytest.param({"given_on": TODAY + timedelta(days=1)}, [("given_on", "FUTURE", True)], "GIVEN", id="to-come"),
        pytest.param({"status": "WITHDRAWN"}, [("withdrawn_on", "STATE_NEEDS", False)], "WITHDRAWN", id="withdrawn-nobody-knows-when"),
        pytest.param({"status": "GIVEN", "withdrawn_on": date(2024, 6, 1)}, [("withdrawn_on", "STATE_ONLY", True)], "GIVEN", id="given-and-withdrawn"),
    ],
)
def test_what_is_wrong_with_a_consent(bringing: Bringing, values: dict[str, Any], found: list[Any], status: str) -> None:
    consent, said = bringing.brought("consent", **{**CONSENT, **values})
    assert (said, consent.status, consent.text_version) == (found, status, BROUGHT)
