"""The rules of add-ons by themselves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.add_ons.rules import broken_add_on, broken_token, is_usable, least_role, longest_token, state_of

TODAY = date(2026, 11, 27)
ROLES = {
    "ANALYST": frozenset({("can_export", "ReportFileView")}), "INTAKE_WORKER": frozenset({("can_list", "ClientView")}),
    "CASEWORKER": frozenset({("can_list", "ClientView"), ("can_edit", "ClientView")}),
    "TEAM_LEAD": frozenset({("can_list", "ClientView"), ("can_edit", "ClientView"), ("can_export", "ReportFileView")}),
}  # fmt: skip


@pytest.mark.parametrize(
    ("needed", "role"),
    [
        ({("can_list", "ClientView")}, "INTAKE_WORKER"), ({("can_edit", "ClientView")}, "CASEWORKER"), ({("can_export", "ReportFileView")}, "ANALYST"),
        ({("can_list", "ClientView"), ("can_export", "ReportFileView")}, "TEAM_LEAD"), ({("can_decide", "RightApplicationView")}, None),
    ],
)  # fmt: skip
def test_the_role_is_the_narrowest_that_is_enough(needed: set[tuple[str, str]], role: str | None) -> None:
    assert least_role(frozenset(needed), ROLES) == role


@pytest.mark.parametrize(
    ("is_accepted", "right", "state"),
    [
        (None, None, "WAITING"), (False, None, "REFUSED"), (True, (True, False, TODAY), "IN_USE"), (True, (True, False, None), "IN_USE"),
        (True, (True, False, TODAY - timedelta(days=1)), "ENDED"), (True, (True, True, TODAY), "ENDED"), (True, (False, False, TODAY), "ENDED"), (True, None, "ENDED"),
    ],
)  # fmt: skip
def test_the_state_follows_from_the_decision_and_the_right(is_accepted: bool | None, right: tuple[bool, bool, date | None] | None, state: str) -> None:
    assert state_of(is_accepted, right, TODAY) == state


@pytest.mark.parametrize(("days", "broken"), [(-1, [("valid_to", "PAST")]), (0, []), (731, []), (732, [("valid_to", "LONG")])])
def test_an_add_on_lasts_from_today_for_two_years_at_most(days: int, broken: list[tuple[str, str]]) -> None:
    assert list(broken_add_on(valid_to=TODAY + timedelta(days=days), today=TODAY)) == broken


@pytest.mark.parametrize(("add_on", "longest"), [(10, 10), (366, 366), (500, 366)])
def test_a_token_lasts_a_year_and_never_past_its_add_on(add_on: int, longest: int) -> None:
    ends = TODAY + timedelta(days=add_on)
    assert longest_token(ends, TODAY) == TODAY + timedelta(days=longest)
    for days, broken in ((-1, ["PAST"]), (0, []), (longest, []), (longest + 1, ["TOKEN_LONG"])):
        assert list(broken_token(valid_to=TODAY + timedelta(days=days), add_on_to=ends, today=TODAY)) == [("valid_to", rule) for rule in broken]


@pytest.mark.parametrize(("days", "ended", "usable"), [(0, False, True), (-1, False, False), (0, True, False)])
def test_a_token_is_usable_to_its_last_day_unless_ended(days: int, ended: bool, usable: bool) -> None:
    assert is_usable(TODAY + timedelta(days=days), ended=ended, on=TODAY) is usable
