"""When a move may be rehearsed, brought in and taken back, and what its figures say; pure."""

from __future__ import annotations

from collections.abc import Mapping

OUTCOMES = ("CREATED", "UPDATED", "JOINED", "UNCHANGED", "SKIPPED", "STOPPED", "FAILED")
NOT_BROUGHT = ("STOPPED", "FAILED")
# Rows that nobody has gone through yet have no outcome.
WAITING = "WAITING"
Counts = Mapping[str, Mapping[str | None, int]]


def may_rehearse(status: str) -> bool:
    """Tell whether nothing of the move is in the register yet."""
    return status in ("OPEN", "REHEARSED")


def may_commit(status: str) -> bool:
    """Tell whether the move was rehearsed and is not brought in as a whole yet."""
    return status == "REHEARSED"


def may_undo(status: str, *, is_begun: bool, is_allowed: bool) -> bool:
    """Tell whether there is something to take back, and by whose leave: what was signed needs that of the national administrator."""
    return status == "COMMITTED" or (status == "REHEARSED" and is_begun) or (status == "SIGNED" and is_allowed)


def must_ask(status: str, *, is_allowed: bool) -> bool:
    """Tell whether taking back waits for the national administrator's leave."""
    return status == "SIGNED" and not is_allowed


def figures_of(found: Mapping[str | None, int]) -> dict[str, int]:
    """Give the rows of an entity by outcome, those without one as `WAITING`; the figures add up to what came in."""
    figures = {name: found.get(name, 0) for name in OUTCOMES}
    return figures | {WAITING: sum(found.values()) - sum(figures.values())}


def total_of(counts: Counts) -> dict[str | None, int]:
    """Give the figures of all entities together."""
    together: dict[str | None, int] = {}
    for found in counts.values():
        for outcome, number in found.items():
            together[outcome] = together.get(outcome, 0) + number
    return together


def is_over(counts: Counts, most_percent: int) -> bool:
    """Tell whether a larger share of the rows than the move allows would not be brought."""
    found = total_of(counts)
    lost = sum(found.get(name, 0) for name in NOT_BROUGHT)
    return lost * 100 > most_percent * sum(found.values())


def may_close(tier: str, closed_because: str | None) -> bool:
    """Tell whether a finding can be said to be no error: a warning that is open; what stops is corrected."""
    return tier in ("warning", "shadow") and closed_because is None
