"""What stops a brought client or a fact of the client, and what is only told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.imports.laws.brought import TODAY, Bringing

TOMORROW = TODAY + timedelta(days=1)
CHILD_BORN = date(2010, 5, 14)


@pytest.mark.parametrize(
    ("values", "found", "status"),
    [
        pytest.param({}, [], "INTAKE", id="good"),
        pytest.param({"no_identity_code_reason": None}, [("no_identity_code_reason", "IDENTITY", True)], "INTAKE", id="nobody"),
        pytest.param({"birth_date": TOMORROW}, [("birth_date", "BORN", True)], "INTAKE", id="unborn"),
        pytest.param({"interpreter_needed": True}, [("interpreter_language", "INTERPRETING", False)], "INTAKE", id="interpreting"),
        pytest.param({"arrival_date": TOMORROW}, [("arrival_date", "FUTURE", True)], "INTAKE", id="arrives-tomorrow"),
        pytest.param({"relationship_started": TOMORROW}, [("relationship_started", "FUTURE", True)], "INTAKE", id="begins-tomorrow"),
        pytest.param({"relationship_ended": date(2024, 1, 9), "end_reason": "DIED"}, [("relationship_ended", "EARLY", True)], "CLOSED", id="ends-before"),
        pytest.param({"relationship_ended": TODAY, "end_reason": "OTHER"}, [("onward_guidance", "GUIDANCE", False)], "CLOSED", id="no-guidance"),
        pytest.param({"relationship_ended": TODAY, "onward_guidance": "x"}, [("end_reason", "STATE_NEEDS", False)], "CLOSED", id="no-reason"),
        pytest.param({"status": "CLOSED"}, [("relationship_ended", "STATE_NEEDS", True), ("end_reason", "STATE_NEEDS", False)], "CLOSED", id="closed-without-a-day"),
        pytest.param(
            {"status": "GUIDANCE", "relationship_ended": TODAY, "end_reason": "DIED"}, [("relationship_ended", "STATE_ONLY", True)], "GUIDANCE", id="open-and-ended",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_client(in_app: None, values: dict[str, Any], found: list[Any], status: str) -> None:
    bringing = Bringing()
    client = bringing.client(**values)
    assert ([(one.field, one.rule, one.stops) for one in bringing.asked("client", client)], client.status) == (found, status)


_SKILL = {"language": "fi", "level": "A1.1", "basis": "TEST"}
_PERMIT = {"kind": "PERMIT", "ground": "OTHER", "granted_date": TODAY}
_HEARING = {"considered_on": date(2025, 5, 1), "is_heard": True, "opinion": "x"}
_TEST = {"test": "FINAL_TEST", "language": "fi", **dict.fromkeys(("listening", "reading", "speaking", "writing"), "A1.1")}


@pytest.mark.parametrize(
    ("entity", "values", "found"),
    [
        ("residence_basis", _PERMIT, []), ("residence_basis", {**_PERMIT, "granted_date": TOMORROW}, [("granted_date", "FUTURE", True)]),
        ("residence_basis", {**_PERMIT, "valid_from": TODAY, "valid_to": TODAY - timedelta(days=1)}, [("valid_to", "ORDER", True)]),
        ("residence_basis", {**_PERMIT, "valid_from": TODAY, "valid_to": TODAY}, []),
        ("language_skill", {**_SKILL, "established_on": TOMORROW}, [("established_on", "FUTURE", True)]), ("language_skill", _SKILL, []),
        ("education_record", {"level": "3G", "end_year": 1929, "years_of_schooling": 31}, [("end_year", "YEAR", True), ("years_of_schooling", "YEARS", True)]),
        ("education_record", {"level": "3G", "end_year": 2026, "years_of_schooling": 30}, []),
        ("work_record", {"occupation": "x", "started_on": TODAY, "ended_on": TODAY - timedelta(days=1)}, [("ended_on", "ORDER", True)]),
        ("work_record", {"occupation": "x", "started_on": TODAY, "ended_on": TOMORROW}, []),
        ("family_link", {"relation": "CHILD", "person_name": "x"}, []),
        ("note", {"kind": "OTHER", "entry_date": TOMORROW, "content": "x"}, [("entry_date", "FUTURE", True)]),
        ("language_test_result", {**_TEST, "tested_on": TOMORROW}, [("tested_on", "FUTURE", True)]), ("language_test_result", {**_TEST, "tested_on": TODAY}, []),
        ("child_hearing", _HEARING, []), ("child_hearing", {**_HEARING, "considered_on": TOMORROW}, [("considered_on", "FUTURE", True)]),
        ("child_hearing", {**_HEARING, "considered_on": date(2028, 5, 14)}, [("considered_on", "FUTURE", True)]),
        ("child_hearing", {**_HEARING, "not_heard_reason": "x"}, [("not_heard_reason", "BOTH", True)]),
        ("child_hearing", {"considered_on": date(2025, 5, 1)}, [("not_heard_reason", "REASON", False)]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_fact(in_app: None, entity: str, values: dict[str, Any], found: list[Any]) -> None:
    bringing = Bringing()
    bringing.client(birth_date=CHILD_BORN)
    assert bringing.brought(entity, **values)[1] == found


def test_the_steps_of_a_representative_are_in_order_and_what_was_not_recorded_is_told(in_app: None) -> None:
    bringing = Bringing()
    bringing.client(birth_date=CHILD_BORN)
    values = {"known_on": date(2020, 1, 2), "applied_on": date(2020, 1, 1), "decided_on": date(2020, 3, 1), "valid_to": date(2029, 1, 1)}
    assert bringing.brought("representative", **values)[1] == [
        ("applied_on", "ORDER", True), ("name", "NAME", False), ("valid_from", "FROM", False), ("valid_to", "ADULT", False), ("end_reason", "END_REASON", False),
    ]  # fmt: skip


def test_periods_of_employment_status_do_not_overlap(bringing: Bringing) -> None:
    values = {"employment_status": "JOBSEEKER", "starts_on": date(2025, 1, 1), "ends_on": date(2025, 3, 31)}
    assert bringing.brought("status_period", **values)[1] == []
    assert bringing.brought("status_period", **{**values, "starts_on": date(2025, 3, 31), "ends_on": None})[1] == [("starts_on", "OVERLAP", True)]
    assert bringing.brought("status_period", **{**values, "starts_on": date(2025, 4, 1), "ends_on": None})[1] == []
    assert bringing.brought("status_period", **{**values, "starts_on": date(2026, 4, 1), "ends_on": date(2026, 3, 1)})[1] == [("ends_on", "END", True)]


def test_a_client_has_one_reminder(bringing: Bringing) -> None:
    assert bringing.brought("client_reminder", content="x")[1] == []
    assert bringing.brought("client_reminder", content="y")[1] == [(None, "ONE_REMINDER", True)]
