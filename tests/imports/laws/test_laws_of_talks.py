"""What stops brought contacts, guidance, appointments, assessments and services, and what is history."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.imports.laws.brought import ASSESSMENT, PLAN, TODAY, Bringing

TOMORROW = TODAY + timedelta(days=1)
CONTACT = {"received_on": date(2025, 5, 5), "sender_type": "CLIENT", "directed_only": False}
GUIDANCE = {"given_on": date(2025, 6, 1), "language": "uk"}
CONSENT = {"type": "C_GUIDANCE", "language": "uk", "given_on": date(2025, 5, 1)}


@pytest.mark.parametrize(
    ("values", "found"),
    [
        pytest.param({}, [], id="good"), pytest.param({"received_on": TOMORROW}, [("received_on", "FUTURE", True)], id="to-come"),
        pytest.param({"sender_type": "POLICE"}, [("consent_on", "CONSENT", False)], id="9-without-consent"),
        pytest.param({"sender_type": "POLICE", "received_on": date(2024, 12, 31)}, [], id="the-older-act-asked-no-consent"),
        pytest.param({"directed_only": True, "sender_type": "POLICE", "reason": "x"}, [("reason", "DIRECTED", True)], id="told-of-who-was-directed"),
        pytest.param({"handled_on": date(2025, 5, 4), "outcome": "NOTHING"}, [("handled_on", "BEFORE_RECEIVED", True)], id="handled-before"),
        pytest.param({"handled_on": date(2025, 5, 6)}, [("outcome", "STATE_NEEDS", False)], id="handled-without-an-outcome"),
        pytest.param({"status": "HANDLED", "outcome": "GUIDANCE"}, [("handled_on", "STATE_NEEDS", True)], id="handled-nobody-knows-when"),
        pytest.param({"status": "RECEIVED", "handled_on": date(2025, 5, 6), "outcome": "GUIDANCE"}, [("handled_on", "STATE_ONLY", True), ("outcome", "STATE_ONLY", True)], id="both"),
    ],
)
def test_what_is_wrong_with_a_contact(bringing: Bringing, values: dict[str, Any], found: list[Any]) -> None:
    assert bringing.brought("initial_contact", **{**CONTACT, **values})[1] == found


def test_guidance_is_brought_with_the_consent_it_rests_on(bringing: Bringing) -> None:
    consent = bringing.under("consent", **CONSENT)
    bringing.under("consent", **{**CONSENT, "given_on": date(2025, 6, 2)})
    entry, found = bringing.brought("guidance_entry", **GUIDANCE)
    assert found == [] and entry.consent_id == consent.id
    assert bringing.brought("guidance_entry", **{**GUIDANCE, "given_on": TOMORROW})[1] == [("given_on", "FUTURE", True)]
    need = {"entry_id": entry.id, "need": "LANGUAGE"}
    assert [bringing.part("guidance_need", **need, **more)[1] for more in ({}, {"provider": "x"})] == [[], [("service_type", "SERVICE", False)]]


def test_guidance_without_a_ground_is_stopped(bringing: Bringing) -> None:
    stopped = [(None, "V10", True)]
    assert bringing.brought("guidance_entry", **GUIDANCE)[1] == stopped
    withdrawn = bringing.under("consent", **CONSENT, withdrawn_on=date(2025, 7, 1))
    assert bringing.brought("guidance_entry", **GUIDANCE, consent_id=withdrawn.id)[1] == stopped
    bringing.under("assessment", **{**ASSESSMENT, "completed_on": None, "outcome": None})
    assert bringing.brought("guidance_entry", **GUIDANCE)[1] == stopped
    bringing.under("integration_plan", **{**PLAN, "agreed_on": None, "ended_on": None})
    assert bringing.brought("guidance_entry", **GUIDANCE)[1] == stopped


@pytest.mark.parametrize(("entity", "values"), [("assessment", ASSESSMENT), ("integration_plan", PLAN)])
def test_who_was_assessed_or_had_a_plan_needs_no_consent(bringing: Bringing, entity: str, values: dict[str, Any]) -> None:
    bringing.under(entity, **values)
    assert bringing.brought("guidance_entry", **GUIDANCE)[1] == []


APPOINTMENT = {"held_on": date(2025, 9, 1), "clock": "09:30", "purpose": "ASSESSMENT", "language": "uk", "booked_on": date(2025, 8, 1)}
FEE = {
    **APPOINTMENT, "status": "FEE_PROPOSED", "interpreter_needed": True, "interpreter_mode": "ON_SITE", "interpreter_cost": Decimal(80), "fee_amount": Decimal(30), "fee_due_on": date(2025, 10, 1),
    "fee_warned_on": date(2025, 8, 1), "fee_warned_language": "uk", "cancelling_told_on": date(2025, 8, 1),
}  # fmt: skip


@pytest.mark.parametrize(
    ("values", "found"),
    [
        pytest.param(APPOINTMENT, [], id="good"), pytest.param({**APPOINTMENT, "clock": "9.30"}, [("clock", "CLOCK", True)], id="clock"),
        pytest.param({**APPOINTMENT, "booked_on": date(2025, 9, 2)}, [("booked_on", "BOOKED_LATE", True)], id="booked-afterwards"),
        pytest.param({**APPOINTMENT, "interpreter_needed": True}, [("interpreter_mode", "MODE", False)], id="mode"),
        pytest.param({**APPOINTMENT, "status": "ATTENDED", "held_on": TOMORROW}, [("held_on", "NOT_YET", True)], id="came-tomorrow"),
        pytest.param({**APPOINTMENT, "held_on": TOMORROW}, [], id="booked-for-tomorrow"),
        pytest.param(FEE, [], id="fee"), pytest.param({**FEE, "fee_amount": Decimal(81)}, [("fee_amount", "MOST", False)], id="32a-too-much"),
        pytest.param({**FEE, "fee_warned_on": None}, [(None, "V11_WARNING", False)], id="32a-not-warned"),
        pytest.param({**FEE, "fee_due_on": None}, [("fee_due_on", "STATE_NEEDS", True)], id="fee-without-a-day"),
        pytest.param({**FEE, "status": "ATTENDED"}, [("fee_amount", "STATE_ONLY", True), ("fee_due_on", "STATE_ONLY", True)], id="came-and-pays"),
        pytest.param({**APPOINTMENT, "status": "EXCUSED"}, [("excuse_reason", "STATE_NEEDS", False)], id="excused-why"),
    ],
)
def test_what_is_wrong_with_an_appointment(bringing: Bringing, values: dict[str, Any], found: list[Any]) -> None:
    assert bringing.brought("appointment", **values)[1] == found


TOLD = dict.fromkeys(("aims_told_on", "process_told_on", "duties_told_on", "data_told_on"), date(2025, 1, 20))
OLDER = {"started_on": date(2024, 1, 15), "completed_on": date(2024, 2, 1), "plan_planned_on": None}


@pytest.mark.parametrize(
    ("values", "found"),
    [
        pytest.param({}, [], id="good"), pytest.param({"started_on": TOMORROW, "completed_on": None, "outcome": None}, [("started_on", "FUTURE", True)], id="to-come"),
        pytest.param({"known_on": date(2025, 1, 16)}, [("known_on", "KNOWN_LATE", True)], id="known-afterwards"),
        pytest.param({"channel": "PHONE"}, [("channel_reason", "CHANNEL", False)], id="why-not-at-the-office"),
        pytest.param({"aims_told_on": TOMORROW}, [("aims_told_on", "FUTURE", True)], id="told-tomorrow"),
        pytest.param({"aims_told_on": None}, [(None, "DUTIES", False)], id="869-2024-not-told"),
        pytest.param({"completed_on": date(2025, 1, 14)}, [("completed_on", "EARLY", True)], id="ended-before"),
        pytest.param({"plan_planned_on": None}, [("plan_planned_on", "PLAN_DAY", False)], id="no-day-of-the-plan"),
        pytest.param({**OLDER, "channel": "PHONE", "aims_told_on": None}, [], id="initial-mapping-of-the-older-act"),
        pytest.param({"outcome": "OTHER_PLAN", "skipped_reason": "x", "aims_told_on": None}, [], id="14.5-left-undone"),
        pytest.param({"outcome": None}, [("outcome", "STATE_NEEDS", True)], id="completed-with-what"),
        pytest.param({"completed_on": None, "outcome": None, "cancelled_on": date(2025, 1, 14), "cancel_reason": "OTHER"}, [("cancelled_on", "EARLY", True)], id="cancelled-before"),
        pytest.param({"status": "INTERVIEW_HELD"}, [("completed_on", "STATE_ONLY", True), ("outcome", "STATE_ONLY", True)], id="open-and-completed"),
    ],
)
def test_what_is_wrong_with_an_assessment(bringing: Bringing, values: dict[str, Any], found: list[Any]) -> None:
    assert bringing.brought("assessment", **{**ASSESSMENT, **TOLD, **values})[1] == found


def test_the_three_years_bind_assessments_of_the_act_in_force(bringing: Bringing) -> None:
    bringing.under("residence_basis", kind="PERMIT", ground="OTHER", granted_date=date(2020, 1, 1))
    assert bringing.brought("assessment", **ASSESSMENT, **TOLD)[1] == [("started_on", "WINDOW", False)]
    assert bringing.brought("assessment", **{**ASSESSMENT, **OLDER})[1] == []


def test_parts_of_an_assessment_stand_once_and_within_its_days(bringing: Bringing) -> None:
    assessment = bringing.under("assessment", **ASSESSMENT, **TOLD)
    of = {"assessment_id": assessment.id}
    again = [("section", "SAME", True)]
    sections = [bringing.part("interview_section", **of, section=code) for code in ("OTHER_NEEDS", "LITERACY", "LITERACY")]
    assert [(row.position, row.client_id, found) for row, found in sections] == [(9, bringing.client_row.id, []), (1, bringing.client_row.id, []), (1, bringing.client_row.id, again)]
    grounds = [bringing.part("assessment_ground", **of, ground=code)[1] for code in ("A2", "A2", "A6")]
    assert grounds == [[], [("ground", "SAME", True)], [("ground", "AGE", False)]]
    measure = {**of, "measure": "LANGUAGE_TEST", "ordered_on": date(2025, 1, 16)}
    assert bringing.part("clarifying_measure", **measure)[1] == [("done_on", "MEASURES", False)]
    assert bringing.part("clarifying_measure", **measure, done_on=date(2025, 1, 15))[1] == [("done_on", "EARLY", True), ("result", "RESULT", False)]
    restricted = {**of, "purpose_reason": "x", "content": "x"}
    assert [bringing.part("restricted_section", **restricted, section=code)[1] for code in ("ABILITY", "HEALTH_NEEDS")] == [[], [("section", "COUNTY", False)]]


def test_a_cancelled_assessment_has_that_outcome(bringing: Bringing) -> None:
    row = bringing.under("assessment", **{**ASSESSMENT, "completed_on": None, "outcome": None, "cancelled_on": date(2025, 2, 1)})
    assert (row.status, row.outcome) == ("CANCELLED", "CANCELLED")
