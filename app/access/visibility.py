"""Which fields of a row this reader sees: one question for pages, lists, filters, files, prints and the API.

A rule answers for the rows and fields it knows and leaves the rest alone; several may speak of one field, and the
narrowest answer stands. The wiring names the rules (`app/__init__.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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

    def of_row(self, item: Any, name: str) -> Sight:
        """Tell how the reader sees the field of one row."""

    def of_column(self, model: Any, name: str) -> Sight:
        """Tell the widest sight the reader has of the field in any row.

        A list offers, orders and narrows by whole columns only: a limit on a field that is hidden would tell its value.
        """


def _rules() -> Sequence[Rule]:
    return current_app.extensions.get(RULES, ()) if has_app_context() else ()


def _narrowest(sights: Iterable[Sight]) -> Sight:
    found = [sight for sight in sights if not sight.is_whole]
    return next((sight for sight in found if sight.is_absent), found[0] if found else WHOLE)


def prepare(items: Sequence[Any]) -> None:
    """Let every rule read what it needs for these rows at once."""
    for rule in _rules() if items else ():
        rule.prepare(items)


def sight_of(item: Any, name: str) -> Sight:
    """Tell how this reader sees the field `name` of a row."""
    return _narrowest(rule.of_row(item, name) for rule in _rules())


def column_sight(model: Any, name: str) -> Sight:
    """Tell the widest sight this reader has of the field `name` in any row of `model`."""
    return _narrowest(rule.of_column(model, name) for rule in _rules())


def visible_columns(item: Any, names: Iterable[str]) -> list[str]:
    """Give those of the fields that this reader sees of a row, a sentence in their place included."""
    return [name for name in names if not sight_of(item, name).is_absent]


def offered_columns(model: Any, names: Iterable[str]) -> list[str]:
    """Give those of the fields that a list of `model` may show this reader."""
    return [name for name in names if not column_sight(model, name).is_absent]


def whole_columns(model: Any, names: Iterable[str]) -> list[str]:
    """Give those of the fields that this reader may order and narrow a list by."""
    return [name for name in names if column_sight(model, name).is_whole]
