"""What a brought plan lived through, and what became of its services."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.imports.laws.brought import ASSESSMENT, PLAN, TODAY, Bringing

TOMORROW = TODAY + timedelta(days=1)
RUNNING = {"status": "EXTENDED", "ended_on": None, "end_reason": None, "onward_guidance": None}
EXTENSION = {
    "ground": "LOW_EDU", "extended_from": date(2027, 2, 28), "extended_to": date(2029, 3, 1), "reasons": "x", "decided_by": "x", "decided_on": date(2026, 11, 1),
}  # fmt: skip


def _plan(bringing: Bringing, **values: Any) -> Any:
    assessment = bringing.under("assessment", **ASSESSMENT)
    return bringing.under("integration_plan", assessment_id=assessment.id, **{**PLAN, **values})


@pytest.mark.parametrize(
    ("values", "found"),
    [
        pytest.param({}, [], id="23.3-to-the-day"), pytest.param({"extended_to": date(2029, 3, 2)}, [("extended_to", "R10", False)], id="23.3-a-day-too-long"),
        pytest.param({"extended_to": date(2027, 2, 28)}, [("extended_to", "ORDER", True)], id="no-longer"),
        pytest.param({"decided_on": TOMORROW}, [("decided_on", "FUTURE", True)], id="decided-tomorrow"),
        pytest.param({"decided_on": date(2025, 2, 28)}, [("decided_on", "DECIDED", False)], id="decided-before-the-plan"),
        pytest.param({"ground": "INTERRUPTION"}, [("ground", "NO_INTERRUPTION", False)], id="23.4-no-interruption"),
    ],
)
def test_what_is_wrong_with_an_extension(bringing: Bringing, values: dict[str, Any], found: list[Any]) -> None:
    # A later plan, which the year of the first one does not bind.
    _plan(bringing)
    plan = _plan(bringing, **RUNNING, drawn_up_date=date(2026, 3, 1), valid_from=date(2026, 3, 1), valid_to=date(2029, 3, 1))
    row, said = bringing.part("plan_extension", plan_id=plan.id, **{**EXTENSION, **values})
    assert said == found and row.client_id == plan.client_id


def test_the_older_act_let_plans_be_extended_by_two_years(bringing: Bringing) -> None:
    days = {"drawn_up_date": date(2023, 3, 1), "valid_from": date(2023, 3, 1), "agreed_on": date(2023, 3, 1), "planned_review_date": date(2024, 3, 1), "valid_to": date(2028, 3, 1)}
    plan = bringing.under("integration_plan", **{**PLAN, **RUNNING, **days})
    older = {**EXTENSION, "extended_from": date(2026, 3, 1), "decided_on": date(2024, 12, 1)}
    assert bringing.part("plan_extension", plan_id=plan.id, **{**older, "extended_to": date(2028, 3, 1)})[1] == []
    assert bringing.part("plan_extension", plan_id=plan.id, **{**older, "extended_to": date(2028, 3, 2)})[1] == [("extended_to", "R30_EXTENDED", False)]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        pytest.param({}, [], id="good"), pytest.param({"ends_on": date(2025, 4, 30)}, [("ends_on", "ORDER", True)], id="ends-before"),
        pytest.param({"starts_on": TOMORROW, "ends_on": TOMORROW}, [("starts_on", "FUTURE", True)], id="to-come"),
        pytest.param({"starts_on": date(2025, 2, 28)}, [("starts_on", "BEFORE_PLAN", True)], id="before-the-plan"),
        pytest.param({"ends_on": None}, [("ends_on", "OPEN_INTERRUPTION", True)], id="23.4-goes-on-in-a-plan-that-ended"),
    ],
)
def test_what_is_wrong_with_an_interruption(bringing: Bringing, values: dict[str, Any], found: list[Any]) -> None:
    pause = {"plan_id": _plan(bringing).id, "reason": "ILLNESS", "starts_on": date(2025, 5, 1), "ends_on": date(2025, 6, 1), **values}
    assert bringing.part("plan_interruption", **pause)[1] == found


def test_interruptions_follow_each_other_and_the_last_may_go_on(bringing: Bringing) -> None:
    plan = _plan(bringing, **{**RUNNING, "status": "INTERRUPTED"}, valid_to=date(2027, 1, 1))
    pause = {"plan_id": plan.id, "reason": "ILLNESS"}
    assert bringing.part("plan_interruption", **pause, starts_on=date(2025, 5, 1), ends_on=date(2025, 6, 1))[1] == []
    assert bringing.part("plan_interruption", **pause, starts_on=date(2025, 6, 1))[1] == [("starts_on", "OVERLAP", True)]
    assert bringing.part("plan_interruption", **pause, starts_on=date(2025, 6, 2))[1] == []


SERVICE = {"service_type": "INT_TRAINING", "organiser": "MUNICIPALITY", "justification": "x"}


def _service(bringing: Bringing, plan: Any = None, **values: Any) -> Any:
    return bringing.row("planned_service", plan_id=(plan or _plan(bringing)).id, **{**SERVICE, **values})


def test_what_is_wrong_with_a_service(in_app: None) -> None:
    bringing = Bringing()
    bringing.client(birth_date=date(2010, 5, 14))
    plan = _plan(bringing)
    part = {"plan_id": plan.id, **SERVICE}
    assert bringing.part("planned_service", **{**part, "service_type": "ORIENTATION"}, starts_on=TODAY, ends_on=TODAY)[1] == []
    assert bringing.part("planned_service", **{**part, "service_type": "ORIENTATION"}, starts_on=TODAY, ends_on=date(2026, 1, 1))[1] == [("ends_on", "ORDER", True)]
    assert bringing.part("planned_service", **part)[1] == [("service_type", "V12", False)]
    bringing.under("education_record", level="3G", completed=True)
    assert bringing.part("planned_service", **part)[1] == []
    draft = _plan(bringing, agreed_on=None, ended_on=None)
    assert bringing.part("planned_service", **{**part, "plan_id": draft.id}, status="STARTED")[1] == [("status", "PLAN", True)]


@pytest.mark.parametrize(
    ("status", "values", "found"),
    [
        pytest.param("COMPLETED", {"started_on": date(2025, 4, 1), "ended_on": date(2025, 9, 1)}, [], id="good"),
        pytest.param("COMPLETED", {"started_on": date(2025, 4, 1), "ended_on": date(2025, 3, 31)}, [("ended_on", "ORDER", True)], id="ends-before"),
        pytest.param("STARTED", {"started_on": TOMORROW}, [("started_on", "FUTURE", True)], id="to-come"),
        pytest.param("STARTED", {"started_on": date(2025, 2, 28)}, [("started_on", "EARLY", False)], id="before-the-plan-was-agreed"),
        pytest.param("STARTED", {"started_on": date(2025, 4, 1), "ended_on": date(2025, 9, 1)}, [("ended_on", "STATE_ONLY", True)], id="goes-on-and-ended"),
        pytest.param("REFERRED", {}, [("referred_on", "STATE_NEEDS", True)], id="20.5-referred-nobody-knows-when"),
        pytest.param("COMPLETED", {}, [("started_on", "STATE_NEEDS", False), ("ended_on", "STATE_NEEDS", False)], id="completed-nobody-knows-when"),
        pytest.param("PLANNED", {"work_starts_on": TODAY, "work_ends_on": date(2026, 1, 1)}, [("work_ends_on", "PERIOD", True)], id="work-ends-before"),
    ],
)
def test_what_is_wrong_with_a_participation(bringing: Bringing, status: str, values: dict[str, Any], found: list[Any]) -> None:
    service = _service(bringing, status=status)
    assert bringing.part("service_participation", planned_service_id=service.id, **values)[1] == found


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, "PLANNED"), ({"referred_on": TODAY}, "REFERRED"), ({"enrolled_on": TODAY}, "ACCEPTED"), ({"referred_on": TODAY, "end_reason": "HEALTH"}, "NOT_STARTED"),
        ({"started_on": TODAY}, "STARTED"), ({"started_on": TODAY, "ended_on": TODAY}, "COMPLETED"), ({"ended_on": TODAY, "end_reason": "HEALTH"}, "DISCONTINUED"),
    ],
)  # fmt: skip
def test_a_service_without_a_state_stands_where_its_record_tells(bringing: Bringing, values: dict[str, Any], status: str) -> None:
    service, stated = _service(bringing), _service(bringing, status="PAUSED")
    for one in (service, stated):
        bringing.row("service_participation", planned_service_id=one.id, **values)
    assert (service.status, stated.status) == (status, "PAUSED")


def test_a_service_has_one_record_its_hours_fit_their_days_and_it_stands_still_while_paused(bringing: Bringing) -> None:
    service = _service(bringing, status="STARTED")
    of = {"planned_service_id": service.id}
    assert bringing.part("service_participation", **of, started_on=date(2025, 4, 1))[1] == []
    assert bringing.part("service_participation", **of, started_on=date(2025, 4, 1))[1] == [("planned_service_id", "SECOND", True)]
    hours = {**of, "from_on": date(2025, 4, 1), "to_on": date(2025, 4, 1), "hours_planned": Decimal(6), "hours_attended": Decimal(24)}
    assert bringing.part("service_hours", **hours)[1] == []
    assert bringing.part("service_hours", **{**hours, "hours_attended": Decimal("24.5")})[1] == [("hours_attended", "TOO_MANY", True)]
    assert bringing.part("service_hours", **{**hours, "from_on": date(2025, 3, 31)})[1] == [("from_on", "BEFORE_START", True)]
    assert bringing.part("service_hours", **{**hours, "planned_service_id": _service(bringing).id})[1] == [("planned_service_id", "UNBEGUN", False)]
    pause = {**of, "from_on": date(2025, 5, 1), "reason": "HEALTH"}
    assert bringing.part("service_interruption", **pause, to_on=date(2025, 4, 30))[1] == [("to_on", "PERIOD", True)]
    assert bringing.part("service_interruption", **pause)[1] == [("to_on", "GOES_ON", False)]
