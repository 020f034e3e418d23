"""Kinds of jobs: each names the step that is done again and again until it says that it is finished."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session


class JobFailedError(Exception):
    """Raised by a step that would fail again: the job ends with `code`, a short key without any data."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class UnknownKindError(LookupError):
    """A job of a kind that this release does not know."""


@dataclass(frozen=True)
class Progress:
    """How far the work has come; `total` is None as long as nobody knows."""

    done: int
    total: int | None = None
    is_finished: bool = False


@dataclass(frozen=True, kw_only=True)
class Running:
    """A job in hand, as it was before this step."""

    id: str
    kind: str
    subject_id: str
    org_id: str | None
    created_by: int | None
    grant_id: str | None
    holder: str
    done: int = 0
    total: int | None = None


Step = Callable[[Session, Running], Progress]


@dataclass(frozen=True)
class Kind:
    """A step, and the (permission, view) its person must hold, if any."""

    step: Step
    needs: tuple[str, str] | None = None


_KINDS: dict[str, Kind] = {}


def register(name: str, step: Step, *, needs: tuple[str, str] | None = None) -> None:
    """Name the step of a kind, as `import:commit`.

    A step is short, writes with the session it is given and does not commit: what it wrote, and that it is done, are kept
    together or not at all. It begins where `Running.done` or its own rows say. `needs` is asked again before each step.
    """
    _KINDS[name] = Kind(step, needs)


def kind_of(name: str) -> Kind:
    """Give a kind; raises UnknownKindError."""
    try:
        return _KINDS[name]
    except KeyError:
        raise UnknownKindError(name) from None


def known_kinds() -> tuple[str, ...]:
    """Name the kinds of this release."""
    return tuple(sorted(_KINDS))
