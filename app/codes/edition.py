"""Which edition of the reference data holds: the project's files, with what was edited in the service on top of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import current_app, has_app_context

EDITION = "koto_edition"
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Edition:
    """What was edited: fields of organisations by (kind, code), and rows of code lists in the order they were written.

    `kept` holds what was worked out of the edition; it goes with it.
    """

    number: int = 0
    organisations: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    code_edits: tuple[Any, ...] = ()
    kept: dict[Any, Any] = field(default_factory=dict)


# Without an application there are only the files.
_FILES = Edition()


def current_edition() -> Edition:
    """Give the edition that this process holds of the application's database."""
    return current_app.extensions.get(EDITION, _FILES) if has_app_context() else _FILES


def of_edition(function: Callable[P, T]) -> Callable[P, T]:
    """Keep the answers of a function of the reference data as long as the edition holds."""

    @wraps(function)
    def kept(*args: P.args, **kwargs: P.kwargs) -> T:
        known = current_edition().kept
        key = (function, args, tuple(kwargs.items()))
        if key not in known:
            known[key] = function(*args, **kwargs)
        found: T = known[key]
        return found

    return kept
