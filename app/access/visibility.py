"""Which fields of a row this reader sees: one question for pages, lists, filters, files, prints and the API.

A rule answers for the rows and fields it knows and leaves the rest alone; several may speak of one field, and the
narrowest answer stands. The wiring names the rules (`app/__init__.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from flask import current_app, has_app_context

RULES = "koto_sight_rules"


@dataclass(frozen=True)
class Sight:
    """How a field is seen: as it is, as the sentence `mask` in its place, or not at all."""

    is_absent: bool = False
    mask: Any = None

    @property
    def is_whole(self) -> bool:
        return not self.is_absent and self.mask is None


WHOLE, ABSENT = Sight(), Sight(is_absent=True)


class Rule(Protocol):
    """What is asked of a rule."""

    def prepare(self, items: Sequence[Any]) -> None:
        """Read what the rule needs to know of these rows, in one statement at most, so that no row costs one of its own."""

    def speaks_now(self) -> bool:
        """Tell whether the rule has anything to say to this reader."""

    def speaks_of(self, model: Any, name: str) -> bool:
        """Tell whether the rule ever narrows the field, whoever reads; asked once for each field, so that the others cost nothing."""

    def of_row(self, item: Any, name: str) -> Sight:
        """Tell how the reader sees the field of one row."""

    def of_column(self, model: Any, name: str) -> Sight:
        """Tell the widest sight the reader has of the field in any row.

        A list offers, orders and narrows by whole columns only: a limit on a field that is hidden would tell its value.
        """


def _rules() -> tuple[Rule, ...]:
    return current_app.extensions.get(RULES, ()) if has_app_context() else ()


@lru_cache(maxsize=4096)
def _speaking(rules: tuple[Rule, ...], model: Any, name: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if rule.speaks_of(model, name))


def _narrowest(sights: Iterable[Sight]) -> Sight:
    found = [sight for sight in sights if not sight.is_whole]
    return next((sight for sight in found if sight.is_absent), found[0] if found else WHOLE)


def prepare(items: Sequence[Any]) -> None:
    """Let every rule read what it needs for these rows at once."""
    for rule in _rules() if items else ():
        rule.prepare(items)


def sight_of(item: Any, name: str) -> Sight:
    """Tell how this reader sees the field `name` of a row."""
    model: Any = type(item)
    rules = _speaking(_rules(), model, name)
    return _narrowest(rule.of_row(item, name) for rule in rules) if rules else WHOLE


@lru_cache(maxsize=4096)
def _watched(rules: tuple[Rule, ...], model: Any, names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name for name in names if _speaking(rules, model, name))


def watched_columns(model: Any, names: Iterable[str]) -> frozenset[str]:
    """Give those of the fields that some rule may narrow for this reader; the others are whole in every row, and need not be asked of."""
    return _watched(tuple(rule for rule in _rules() if rule.speaks_now()), model, tuple(names))


def column_sight(model: Any, name: str) -> Sight:
    """Tell the widest sight this reader has of the field `name` in any row of `model`."""
    return _narrowest(rule.of_column(model, name) for rule in _speaking(_rules(), model, name))


def visible_columns(item: Any, names: Iterable[str]) -> list[str]:
    """Give those of the fields that this reader sees of a row, a sentence in their place included."""
    return [name for name in names if not sight_of(item, name).is_absent]


def offered_columns(model: Any, names: Iterable[str]) -> list[str]:
    """Give those of the fields that a list of `model` may show this reader."""
    asked = tuple(names)
    watched = watched_columns(model, asked)
    return [name for name in asked if name not in watched or not column_sight(model, name).is_absent]


def whole_columns(model: Any, names: Iterable[str]) -> list[str]:
    """Give those of the fields that this reader may order and narrow a list by."""
    asked = tuple(names)
    watched = watched_columns(model, asked)
    return [name for name in asked if name not in watched or column_sight(model, name).is_whole]
