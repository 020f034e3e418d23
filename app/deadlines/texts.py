"""The sentences of the reasons, from one catalogue in Finnish and Swedish; they depend on no request.

Gettext speaks the reader's language; a reason is given in both at once, so its sentences stand beside each other in `data/texts.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from app.codes.lists import label
from app.core.statute import in_words
from app.deadlines.numbers import DATA, Number

LANGUAGES = ("fi", "sv")


@cache
def catalogue() -> dict[str, dict[str, dict[str, str]]]:
    """Give the catalogue: sentences, events, owners, days off and units, each by key and language."""
    return tomllib.loads((DATA / "texts.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, init=False)
class Step:
    """One sentence of a reason: its key and what fills its places."""

    key: str
    values: dict[str, Any]

    def __init__(self, key: str, **values: Any) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "values", values)


def shown_day(day: date) -> str:
    """Give a day as both languages write it in numbers."""
    return f"{day.day}.{day.month}.{day.year}"


def shown_amount(amount: int, unit: str, language: str) -> str:
    """Give a number with its unit in the right number."""
    form = "one" if abs(amount) == 1 else "many"
    return catalogue()["units"][f"{unit}_{form}"][language].format(amount=abs(amount))


def _shown(name: str, value: Any, language: str) -> str:
    match name, value:
        case _, date():
            return shown_day(value)
        case "what", Number():
            return str(value.what_fi if language == "fi" else value.what_sv)
        case "rule", Number():
            return str(value.id)
        case "section", Number():
            return in_words(value.section)
        case "length", (amount, unit):
            return shown_amount(amount, unit, language)
        case "event", _:
            return catalogue()["events"][value][language]
        case "owner", _:
            return catalogue()["owners"][value][language]
        case "holiday", _:
            return catalogue()["days"][value][language]
    # What is left is the ground of an extension.
    return label("EXTENSION_GROUND", value, language)


def sentence(told: Step, language: str) -> str:
    """Give one sentence with its places filled."""
    key = told.key
    since = told.values.get("since")
    if isinstance(since, Number):
        # A row without a first day belongs to an older act: its version is its last day.
        key = "version_until" if since.valid_from == date.min else "version"
        told = Step(key, rule=since, section=since, day=since.valid_to if key == "version_until" else since.valid_from)
    values = {name: _shown(name, value, language) for name, value in told.values.items()}
    return catalogue()["sentences"][key][language].format(**values)


def whole(steps: Iterable[Step], language: str) -> str:
    """Give the sentences one after another."""
    return " ".join(sentence(told, language) for told in steps)
