"""The stages of taking the system into use, in their order, and which of them the system sees for itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """A stage that has been reached; the values of the code list ROLLOUT_STAGE in their order."""

    NOT_BEGUN = "NOT_BEGUN"
    INFORMED = "INFORMED"
    USERS_NAMED = "USERS_NAMED"
    TRAINED = "TRAINED"
    EXTRACTED = "EXTRACTED"
    REHEARSED = "REHEARSED"
    MOVED = "MOVED"
    IN_USE = "IN_USE"
    OLD_CLOSED = "OLD_CLOSED"


STAGES = tuple(Stage)
STEPS = STAGES[1:]
# What a municipality without an old system has no need of, and may pass over.
OF_A_MOVE = frozenset({Stage.EXTRACTED, Stage.REHEARSED, Stage.MOVED, Stage.OLD_CLOSED})
# Who moves no records and draws up no plans takes into use by its rights alone.
OF_RIGHTS = (Stage.INFORMED, Stage.USERS_NAMED, Stage.TRAINED)

Reached = Mapping[Stage, date]


def steps_of(kind: str, skipped: Collection[Stage] = ()) -> tuple[Stage, ...]:
    """Give the stages that an organisation of a kind goes through, without those it has no need of."""
    return OF_RIGHTS if kind != "MUNICIPALITY" else tuple(step for step in STEPS if step not in skipped)


def stage_of(reached: Reached, on: date) -> Stage:
    """Give the furthest stage reached on a day; a later one stands although an earlier one was never told."""
    return next((stage for stage in reversed(STEPS) if stage in reached and reached[stage] <= on), Stage.NOT_BEGUN)


def next_step(reached: Reached, steps: tuple[Stage, ...], on: date) -> Stage | None:
    """Give the first stage after the furthest one reached; None when all is done."""
    at = STAGES.index(stage_of(reached, on))
    return next((step for step in steps if STAGES.index(step) > at), None)
