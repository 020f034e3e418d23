"""Check an exercise: tell of each step whether it is done, not yet, or done wrongly and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from app.training.exercises.evidence import Evidence, Found
from app.training.exercises.exercise import Exercise
from app.training.exercises.place import Place
from app.training.exercises.steps import ANY


class State(StrEnum):
    """Where a step stands."""

    DONE = "DONE"
    NOT_YET = "NOT_YET"
    WRONG = "WRONG"


@dataclass(frozen=True)
class StepResult:
    """A step and where it stands; `reason` names the sentence of what is wrong."""

    step: str
    state: State
    reason: str | None = None


def check(session: Session, exercise: Exercise, place: Place, user_id: int, since: datetime, today: date | None = None) -> list[StepResult]:
    """Check the steps from what the trainee has done since a moment; the caller's scope bounds what is seen.

    All steps are looked at for the client, or other row, for whom most of them are done.
    """
    evidence = Evidence(session, place, user_id, since, today or date.today()).read(exercise.events)
    found = {step.key: step.check(evidence) for step in exercise.steps}
    whom = best(list(found.values()))
    return [_result(step.key, found[step.key], whom) for step in exercise.steps]


def best(found: Sequence[Found]) -> str:
    """Give the key for which most steps are done, then most are tried, then the one touched last."""
    keys = list(dict.fromkeys(key for step in found for key in step if key != ANY))
    def done(key: str) -> tuple[int, int]:
        return sum(step.get(key, "") is None for step in found), sum(key in step for step in found)

    return max(keys, key=done, default=ANY)


def _result(step: str, found: Found, whom: str) -> StepResult:
    seen: Mapping[str, str | None] = found if whom in found else {whom: found[ANY]} if ANY in found else {}
    if whom not in seen:
        return StepResult(step, State.NOT_YET)
    reason = seen[whom]
    return StepResult(step, State.WRONG if reason else State.DONE, reason)


def is_finished(results: Sequence[StepResult]) -> bool:
    """Tell whether every step is done."""
    return all(result.state is State.DONE for result in results)
