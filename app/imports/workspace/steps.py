"""The steps of a move and how each stands; whoever makes the page of a step registers it here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _, lazy_gettext as _l

from app.imports.models import ImportBatch

# Every move has these, in this order, whether their pages are there yet or not.
LABELS: dict[str, Any] = {
    "files": _l("Files"), "profile": _l("What the files hold"), "map": _l("Columns to fields"), "rehearse": _l("Rehearse"),
    "match": _l("Same persons"), "commit": _l("Move in"), "certificate": _l("Certificate"), "undo": _l("Undo"),
}  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """What the states are told from beside the batch itself, counted in a few statements.

    A usable file was read to its end; a decided sheet has a mapping or the reason why it is not brought. `findings` counts
    those nobody has closed, by tier.
    """

    files: int = 0
    usable: int = 0
    sheets: int = 0
    mapped: int = 0
    left_out: int = 0
    # Files that are too large to be read while a page waits, and are read soon.
    waiting: int = 0
    findings: dict[str, int] = field(default_factory=dict)

    @property
    def decided(self) -> int:
        return self.mapped + self.left_out

    @property
    def is_mapped(self) -> bool:
        """Tell whether the rows can be read: something is brought, and nothing waits for a decision."""
        return self.mapped > 0 and self.decided == self.sheets and self.usable == self.files


@dataclass(frozen=True)
class State:
    """How a step stands, as a tag: neutral, info, success, warning or danger; `hint` says what is to be done."""

    text: Any
    kind: str = "neutral"
    hint: Any = None
    is_open: bool = True


@dataclass(frozen=True)
class Step:
    """A step: `url` gives the address of its page for a batch, None while there is nothing to do there."""

    key: str
    state: Callable[[ImportBatch, Facts], State]
    url: Callable[[ImportBatch], str | None]

    @property
    def label(self) -> Any:
        return LABELS[self.key]


_STEPS: dict[str, Step] = {}


def register(step: Step) -> None:
    """Give a step its page. Raises KeyError for a step that no move has."""
    _STEPS[step.key] = step if step.key in LABELS else _unknown(step.key)


def _unknown(key: str) -> Step:
    raise KeyError(key)


def not_yet() -> State:
    """Give the state of a step whose turn has not come."""
    return State(_("Cannot start yet"), is_open=False)


def tasks(batch: ImportBatch, facts: Facts) -> list[dict[str, Any]]:
    """Give the steps as the list of tasks shows them."""
    found = []
    for number, (key, label) in enumerate(LABELS.items(), start=1):
        step = _STEPS.get(key)
        state = step.state(batch, facts) if step else not_yet()
        url = step.url(batch) if step and state.is_open else None
        found.append({"label": _("%(number)d. %(step)s", number=number, step=label), "url": url, "status": state.text, "kind": state.kind, "hint": state.hint})
    return found
