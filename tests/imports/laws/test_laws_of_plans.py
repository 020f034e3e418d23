"""What stops a brought plan, what is only told of it, and what the older act allowed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from tests.imports.laws.brought import ASSESSMENT, PLAN, TODAY, Bringing

OLDER = {**PLAN, "drawn_up_date": date(2023, 3, 1), "valid_from": date(2023, 3, 1), "valid_to": date(2024, 12, 1), "planned_review_date": date(2023, 12, 1), "agreed_on": date(2023, 3, 1), "ended_on": date(2024, 12, 1)}


def _with_plan(bringing: Bringing, **values: Any) -> list[tuple[str | None, str, bool]]:
    assessment = bringing.under("assessment", **ASSESSMENT)
    return bringing.brought("integration_plan", assessment_id=assessment.id, **{**PLAN, **values})[1]


def test_nothing_is_wrong_with_a_good_plan(bringing: Bringing) -> None:
    assert _with_plan(bringing) == []


@pytest.mark.parametrize(
    ("values", "found"),
    [
        pytest.param({"valid_to": date(2025, 3, 1), "ended_on": date(2025, 3, 1)}, [("valid_to", "ORDER", True)], id="no-length"),
        pytest.param({"drawn_up_date": TODAY + timedelta(days=1), "planned_review_date": date(2027, 1, 1)}, [("drawn_up_date", "FUTURE", True)], id="drawn-up-tomorrow"),
        pytest.param({"agreed_on": TODAY + timedelta(days=1)}, [("agreed_on", "FUTURE", True)], id="agreed-tomorrow"),
        pytest.param({"ended_on": date(2025, 2, 28)}, [("ended_on", "BEFORE_PLAN", True)], id="ended-before"),
        pytest.param({"onward_guidance": None}, [("onward_guidance", "GUIDANCE", False)], id="guidance-is-history"),
        pytest.param({"planned_review_date": date(2025, 9, 2)}, [("planned_review_date", "V8", False)], id="22.1-late-review"),
        pytest.param({"drawn_up_date": date(2025, 2, 19), "planned_review_date": date(2025, 8, 19)}, [("drawn_up_date", "V3", False)], id="16-before-the-assessment"),
        pytest.param({"kela_told_on": date(2025, 2, 1)}, [("kela_told_on", "KELA_EARLY", True)], id="told-before-agreed"),
        pytest.param({"status": "IN_FORCE", "ended_on": None, "valid_to": date(2026, 12, 1)}, [("valid_to", "V1", False)], id="23.2-too-long"),
        pytest.param({"status": "ENDED", "ended_on": None}, [("ended_on", "STATE_NEEDS", False)], id="ended-on-its-last-day"),
        pytest.param({"status": "ENDED", "ended_on": None, "valid_to": date(2027, 1, 1)}, [("ended_on", "STATE_NEEDS", False), ("ended_on", "NOT_ENDED", True)], id="ended-with-days-to-come"),
        pytest.param({"status": "IN_FORCE"}, [("ended_on", "STATE_ONLY", True)], id="in-force-and-ended"),
        pytest.param({"status": "DRAFT", "ended_on": None}, [("agreed_on", "STATE_ONLY", True)], id="draft-and-agreed"),
        pytest.param({"status": "STUDIES_ONLY", "ended_on": None, "valid_to": date(2026, 12, 1)}, [("studies_only_from", "STATE_NEEDS", True)], id="studies-without-a-day"),
    ],
)
def test_what_is_wrong_with_a_plan(bringing: Bringing, values: dict[str, Any], found: list[Any]) -> None:
    assert _with_plan(bringing, **values) == found


def test_a_plan_of_the_older_act_needs_no_assessment_and_is_measured_by_its_own_numbers(bringing: Bringing) -> None:
    bringing.under("residence_basis", kind="PERMIT", ground="OTHER", granted_date=date(2018, 1, 1), is_first=True)
    assert bringing.brought("integration_plan", **OLDER)[1] == []
    assert bringing.brought("integration_plan", **PLAN)[1] == [("drawn_up_date", "NO_ASSESSMENT", True), ("drawn_up_date", "V4", False)]


@pytest.mark.parametrize(("last", "found"), [(date(2026, 3, 1), []), (date(2026, 3, 2), [("valid_to", "R30", False)])])
def test_the_older_act_lets_plans_last_three_years(bringing: Bringing, last: date, found: list[Any]) -> None:
    values = {**OLDER, "status": "IN_FORCE", "ended_on": None, "valid_to": last}
    assert bringing.brought("integration_plan", **values)[1] == found


def test_plans_are_numbered_in_their_order_and_a_stopped_one_leaves_no_gap(bringing: Bringing) -> None:
    first, _found = bringing.brought("integration_plan", **OLDER)
    _stopped, found = bringing.brought("integration_plan", **{**OLDER, "valid_to": OLDER["valid_from"]})
    assert found == [("valid_to", "ORDER", True)]
    assert (first.ordinal, bringing.under("integration_plan", **OLDER).ordinal) == (1, 2)


def test_two_plans_are_not_in_force_at_once(bringing: Bringing) -> None:
    running = {**OLDER, "ended_on": None, "status": "IN_FORCE"}
    assert bringing.brought("integration_plan", **running)[1] == []
    assert bringing.brought("integration_plan", **running)[1] == [("status", "TWO_IN_FORCE", True)]


@pytest.mark.parametrize(
    ("values", "status"),
    [
        pytest.param({}, "ENDED", id="ended-on"), pytest.param({"ended_on": None, "valid_to": TODAY}, "IN_FORCE", id="last-day-today"),
        pytest.param({"ended_on": None}, "ENDED", id="past"), pytest.param({"ended_on": None, "agreed_on": None}, "DRAFT", id="not-agreed"),
        pytest.param({"ended_on": None, "valid_from": TODAY + timedelta(days=1)}, "AGREED", id="to-come"),
        pytest.param({"ended_on": None, "studies_only_from": date(2026, 1, 1)}, "STUDIES_ONLY", id="studies"),
    ],
)
def test_the_state_follows_from_the_days_when_none_was_brought(bringing: Bringing, values: dict[str, Any], status: str) -> None:
    assert bringing.under("integration_plan", **{**PLAN, **values}).status == status


def test_a_sentence_speaks_the_language_in_force(bringing: Bringing, speaking: Flask) -> None:
    plan = bringing.under("integration_plan", **{**OLDER, "status": "IN_FORCE", "ended_on": None, "valid_to": date(2026, 3, 2)})
    [one] = bringing.asked("integration_plan", plan)
    with speaking.test_request_context():
        with force_locale("fi"):
            finnish = str(one.text)
        with force_locale("sv"):
            swedish = str(one.text)
    assert "1.3.2026" in finnish and "1.3.2026" in swedish and finnish != swedish
