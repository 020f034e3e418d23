"""When a move may be rehearsed, brought in and taken back by its pages, and which findings can be said to be no error; pure."""

from __future__ import annotations


def may_rehearse(status: str) -> bool:
    """Tell whether nothing of the move is in the register as a whole yet."""
    return status in ("OPEN", "REHEARSED")


def may_commit(status: str) -> bool:
    """Tell whether the move was rehearsed and is not brought in as a whole yet."""
    return status == "REHEARSED"


def must_ask(status: str, *, is_allowed: bool) -> bool:
    """Tell whether taking back waits for the national administrator's leave."""
    return status == "SIGNED" and not is_allowed


def may_close(group: str, closed_because: str | None) -> bool:
    """Tell whether a finding can be said to be no error: a warning that is open; what stops is corrected."""
    return group in ("WARNING", "SHADOW") and closed_because is None
