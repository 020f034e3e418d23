"""Who may hold and grant which right, with days on, before and after each limit (681/2023 §§ 79.2 and 80)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.access.roles import ROLES_IN
from app.core.training_code import Training
from app.rights.rules import BASES, Wish, broken_grant, broken_period, broken_rules, broken_training

TODAY, DAY = date(2026, 3, 15), timedelta(days=1)
TWO_YEARS = timedelta(days=731)
GOOD = Wish(
    organisation_kind="MUNICIPALITY", grantor_kind=None, role="CASEWORKER", basis="B1", valid_from=TODAY, valid_to=TODAY + TWO_YEARS,
    training_done_on=TODAY, is_granted_by_own=True,
)  # fmt: skip
BOUGHT: dict[str, Any] = {"organisation_kind": "SERVICE_PROVIDER", "role": "PROVIDER_USER", "basis": "B6", "grantor_kind": "MUNICIPALITY", "is_granted_by_own": False}
COUNTY: dict[str, Any] = {**BOUGHT, "organisation_kind": "WELLBEING_COUNTY", "role": "WSC_PARTICIPANT", "basis": "B1"}


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        pytest.param({}, [], id="80.2 on every limit"),
        pytest.param({"valid_to": TODAY}, [], id="79.2 one day"),
        pytest.param({"valid_to": TODAY + TWO_YEARS + DAY}, [("valid_to", "LONG")], id="79.2 longer than two years"),
        pytest.param({"valid_from": TODAY - DAY, "valid_to": TODAY}, [("valid_from", "PAST")], id="from yesterday"),
        pytest.param({"valid_to": TODAY - DAY}, [("valid_to", "ORDER")], id="ends before it begins"),
        pytest.param({"training_done_on": TODAY + DAY}, [("training_done_on", "FUTURE")], id="80.4 training still to come"),
        pytest.param({"role": "PROVIDER_USER", "basis": "B6"}, [("role", "ROLE")], id="80.2 another kind's role"),
        pytest.param({"organisation_kind": "UNKNOWN"}, [("role", "ROLE")], id="unknown kind of organisation"),
        pytest.param({"role": "NO_ROLE"}, [("role", "ROLE"), ("basis", "BASIS")], id="unknown role"),
        pytest.param({"basis": "B2"}, [("basis", "BASIS")], id="80.2 another role's ground"),
        pytest.param({"role": "TEAM_LEAD", "basis": "B2"}, [], id="80.2 leading"),
        pytest.param({"is_granted_by_own": False}, [("grantor_id", "OWN")], id="80.3 another organisation's people"),
        pytest.param(BOUGHT, [], id="80.1 bought service"),
        pytest.param(COUNTY, [], id="80.1 county"),
        pytest.param({**BOUGHT, "grantor_kind": None}, [("grantor_id", "GRANTOR")], id="80.1 nobody chosen"),
        pytest.param({**COUNTY, "grantor_kind": "WELLBEING_COUNTY"}, [("grantor_id", "GRANTOR")], id="80.1 not the county itself"),
    ],
)  # fmt: skip
def test_an_application(change: dict[str, Any], broken: list[tuple[str, str]]) -> None:
    assert list(broken_rules(replace(GOOD, **change), TODAY)) == broken


def test_every_role_has_a_ground_and_a_place() -> None:
    assert set(BASES) == {role for roles in ROLES_IN.values() for role in roles}


def test_a_later_period_has_the_same_length() -> None:
    assert list(broken_period(TODAY + DAY, TODAY + DAY + TWO_YEARS, TODAY)) == []
    assert list(broken_period(TODAY + DAY, TODAY + DAY * 2 + TWO_YEARS, TODAY)) == [("valid_to", "LONG")]


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({}, []), ({"given": (TODAY + DAY, TODAY + DAY * 8)}, []), ({"is_own": True}, [("", "SELF")]),
        ({"role": "ACCESS_ADMIN"}, []), ({"is_narrowed": True}, []), ({"role": "ACCESS_ADMIN", "is_narrowed": True}, [("", "MORE")]),
        ({"given": (TODAY - DAY, TODAY + DAY * 9)}, [("valid_to", "WIDER")]), ({"given": (TODAY, TODAY + DAY * 10)}, [("valid_to", "WIDER")]),
        ({"given": (TODAY + DAY, TODAY)}, [("valid_to", "ORDER")]), ({"given": (TODAY, TODAY)}, []),
    ],
)  # fmt: skip
def test_a_grant_gives_no_more_than_was_asked(change: dict[str, Any], broken: list[tuple[str, str]]) -> None:
    wished = (TODAY, TODAY + DAY * 9)
    assert list(broken_grant(**{"wished": wished, "given": wished, "role": "CASEWORKER", "is_own": False, "is_narrowed": False, **change})) == broken


@pytest.mark.parametrize(
    ("role", "bases"),
    [("CASEWORKER", "B1"), ("INTAKE_WORKER", "B1"), ("TEAM_LEAD", "B1 B2"), ("WSC_PARTICIPANT", "B1"), ("PROVIDER_USER", "B6"), ("ACCESS_ADMIN", "B3"), ("LOG_AUDITOR", "B3"), ("ANALYST", "B2")],
)  # fmt: skip
def test_each_role_has_its_grounds_section_80(role: str, bases: str) -> None:
    assert " ".join(BASES[role]) == bases


TRAINING = Training("WORKER", "00aa", "11bb", TODAY)


@pytest.mark.parametrize(
    ("found", "wanted", "is_required", "rule"),
    [
        (None, ("WORKER", "00aa"), False, None), (None, ("WORKER", "00aa"), True, "TRAINING_NEEDED"), (None, None, True, None),
        (TRAINING, ("WORKER", "00aa"), True, None), (TRAINING, ("WORKER", "00aa"), False, None), (TRAINING, ("COUNTY", "00aa"), False, "TRAINING_PATH"),
        (TRAINING, None, False, "TRAINING_PATH"), (TRAINING, ("WORKER", "00ab"), False, "TRAINING_LAPSED"),
        (replace(TRAINING, person="22cc"), ("WORKER", "00aa"), False, "TRAINING_PERSON"),
    ],
)  # fmt: skip
def test_a_certificate_of_training_serves_its_role_its_version_and_its_holder(found: Any, wanted: Any, is_required: bool, rule: str | None) -> None:
    assert broken_training(found, wanted=wanted, person="11bb", is_required=is_required) == rule
