"""The parts that steps are declared of: a deed with its row, and what must be true of the row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.training.exercises.evidence import Evidence, Found

# The key of what is done for nobody in particular, so that it counts whomever the other steps are done for.
ANY = "*"


@dataclass(frozen=True)
class Rule:
    """What must be true of a row; `reason` names the sentence that is told when it is not."""

    reason: str
    holds: Callable[[Evidence, Any], bool]


@dataclass(frozen=True)
class Step:
    """A step of an exercise: `key` names its text; `events` are what its check reads of the log, `reasons` what it can find wrong."""

    key: str
    check: Callable[[Evidence], Found]
    events: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def _names(names: str | tuple[str, ...]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else names


def _first_broken(evidence: Evidence, row: Any, rules: tuple[Rule, ...]) -> str | None:
    return next((rule.reason for rule in rules if not rule.holds(evidence, row)), None)


def _judged(evidence: Evidence, rows: list[Any], key: Callable[[Any], str], rules: tuple[Rule, ...]) -> Found:
    """Judge rows, the newest first; of several of the same key one that is right counts."""
    found: dict[str, str | None] = {}
    for row in rows:
        whose, reason = key(row), _first_broken(evidence, row, rules)
        if whose not in found or reason is None:
            found[whose] = reason
    return found


def deed(step: str, events: str | tuple[str, ...], model: Any, *rules: Rule, key: str = "client_id") -> Step:
    """Declare a step that is a deed on a row; `key` is the column that tells whose the row is."""
    names = _names(events)
    return Step(step, lambda evidence: _judged(evidence, evidence.rows(model, names), lambda row: str(getattr(row, key) or ANY), rules), names,
                tuple(rule.reason for rule in rules))  # fmt: skip


def row_made(step: str, model: Any, *rules: Rule, done: Callable[[Any], bool] = lambda _row: True) -> Step:
    """Declare a step on a row that the trainee made, which counts when `done` is true of it; the row itself is whose it is."""
    def check(evidence: Evidence) -> Found:
        return _judged(evidence, [row for row in evidence.made(model) if done(row)], lambda row: str(row.id), rules)

    return Step(step, check, (), tuple(rule.reason for rule in rules))


def event(step: str, names: str | tuple[str, ...], *, instead: dict[str, str] | None = None, by_row: bool = False) -> Step:
    """Declare a step that is told by the log alone: for a row that is out of the trainee's sight by now, or for no row at all.

    `instead` are the events that show it done wrongly, with the reason.
    """
    wanted, wrong = _names(names), instead or {}

    def check(evidence: Evidence) -> Found:
        found: dict[str, str | None] = {}
        for one in evidence.of((*wanted, *wrong)):
            whose, reason = (one.row_id or ANY) if by_row else ANY, wrong.get(one.name)
            if whose not in found or reason is None:
                found[whose] = reason
        return found

    return Step(step, check, (*wanted, *wrong), tuple(wrong.values()))


def criteria(step: str, name: str, *rules: tuple[str, Callable[[dict[str, str]], bool]]) -> Step:
    """Declare a step that is told by what an event holds, as `purpose=STEERING`; `rules` are reasons with what must be true."""
    def check(evidence: Evidence) -> Found:
        reasons = [_broken(one.criteria, rules) for one in evidence.of((name,))]
        return {ANY: None if None in reasons else reasons[0]} if reasons else {}

    return Step(step, check, (name,), tuple(reason for reason, _holds in rules))


def _broken(held: frozenset[str], rules: tuple[tuple[str, Callable[[dict[str, str]], bool]], ...]) -> str | None:
    values = dict(part.split("=", 1) for part in held if "=" in part)
    return next((reason for reason, holds in rules if not holds(values)), None)
