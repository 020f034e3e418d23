"""Rules of a move's works, without an application."""

from __future__ import annotations

import pytest

from app.imports.workspace.work_rules import figures_of, is_over, may_close, may_commit, may_rehearse, may_undo, must_ask, total_of

ALL = ("OPEN", "REHEARSED", "COMMITTED", "SIGNED", "UNDONE")


def test_a_move_is_rehearsed_until_it_is_brought_in() -> None:
    assert [status for status in ALL if may_rehearse(status)] == ["OPEN", "REHEARSED"]
    assert [status for status in ALL if may_commit(status)] == ["REHEARSED"]


@pytest.mark.parametrize(("is_begun", "is_allowed", "those"), [
    (False, False, ["COMMITTED"]), (True, False, ["REHEARSED", "COMMITTED"]), (False, True, ["COMMITTED", "SIGNED"]),
])  # fmt: skip
def test_what_was_brought_in_is_undone_and_what_was_signed_by_leave(is_begun: bool, is_allowed: bool, those: list[str]) -> None:
    assert [status for status in ALL if may_undo(status, is_begun=is_begun, is_allowed=is_allowed)] == those


def test_only_what_is_signed_waits_for_leave() -> None:
    assert [status for status in ALL if must_ask(status, is_allowed=False)] == ["SIGNED"]
    assert not any(must_ask(status, is_allowed=True) for status in ALL)


def test_figures_add_up_with_rows_nobody_has_gone_through() -> None:
    found = figures_of({"CREATED": 2, "STOPPED": 1, None: 4})
    assert sum(found.values()) == 7 and found["WAITING"] == 4 and found["FAILED"] == 0


def test_figures_of_all_entities_are_added() -> None:
    assert total_of({"client": {"CREATED": 1, "FAILED": 2}, "note": {"CREATED": 3}}) == {"CREATED": 4, "FAILED": 2}


@pytest.mark.parametrize(("stopped", "failed", "is_too_many"), [(5, 5, False), (5, 6, True), (11, 0, True), (0, 11, True), (0, 0, False)])
def test_a_larger_share_than_allowed_waits(stopped: int, failed: int, is_too_many: bool) -> None:
    assert is_over({"client": {"CREATED": 100 - stopped - failed, "STOPPED": stopped, "FAILED": failed}}, 10) is is_too_many


def test_nothing_is_not_too_much() -> None:
    assert not is_over({}, 0)


@pytest.mark.parametrize(("tier", "reason", "may"), [("warning", None, True), ("shadow", None, True), ("warning", "Ok", False), ("row", None, False), ("file", None, False)])
def test_a_warning_that_is_open_can_be_no_error(tier: str, reason: str | None, may: bool) -> None:
    assert may_close(tier, reason) is may
