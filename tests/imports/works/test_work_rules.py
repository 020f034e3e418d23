"""Rules of a move's works, without an application."""

from __future__ import annotations

import pytest

from app.imports.workspace.work_rules import may_close, may_commit, may_rehearse, must_ask

ALL = ("OPEN", "REHEARSED", "COMMITTED", "SIGNED", "UNDONE")


def test_a_move_is_rehearsed_until_it_is_brought_in() -> None:
    assert [status for status in ALL if may_rehearse(status)] == ["OPEN", "REHEARSED"]
    assert [status for status in ALL if may_commit(status)] == ["REHEARSED"]


def test_only_what_is_signed_waits_for_leave() -> None:
    assert [status for status in ALL if must_ask(status, is_allowed=False)] == ["SIGNED"]
    assert not any(must_ask(status, is_allowed=True) for status in ALL)


@pytest.mark.parametrize(("group", "reason", "may"), [("WARNING", None, True), ("SHADOW", None, True), ("WARNING", "Ok", False), ("ROW", None, False), ("FILE", None, False)])
def test_a_warning_that_is_open_can_be_no_error(group: str, reason: str | None, may: bool) -> None:
    assert may_close(group, reason) is may
