"""The reasons of an obligation on their way into a row and back: steps as a short JSON text, put into words for the reader.

What the passing of days changes is left out and told at reading.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from app.deadlines.numbers import Number, numbers
from app.deadlines.texts import Step, sentence

_OF_TODAY = ("overdue",)


@cache
def _rows() -> dict[tuple[str, str], Number]:
    return {(row.rule, row.valid_from.isoformat()): row for row in numbers()}


def _packed(value: Any) -> dict[str, Any]:
    return {"d": value.isoformat()} if isinstance(value, date) else {"n": [value.rule, value.valid_from.isoformat()]}


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_packed).encode


def _unpacked(value: Any) -> Any:
    match value:
        case {"d": day}:
            return date.fromisoformat(day)
        case {"n": [rule, since]}:
            return _rows()[rule, since]
        case list():
            return tuple(value)
    return value


def packed(steps: Iterable[Step]) -> str:
    """Write the steps as text."""
    return _encode([[step.key, step.values] for step in steps if step.key not in _OF_TODAY])


def sentences(text: str, language: str, *, days_late: int = 0) -> list[str]:
    """Put the steps into words, one sentence each.

    A row of the rules that is there no more leaves its sentence out: the nightly check derives such an obligation anew.
    """
    told = []
    for key, values in json.loads(text):
        try:
            told.append(sentence(Step(key, **{name: _unpacked(value) for name, value in values.items()}), language))
        except KeyError:
            continue
    return [*told, *([sentence(Step("overdue", length=(days_late, "days")), language)] if days_late > 0 else [])]
