"""What a verification found, by kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

KINDS = {
    "EDITED": "an event was changed after it was written",
    "DELETED": "an event, a place or a seal inside the chain is gone",
    "INSERTED": "an event is there that the application did not write so",
    "SWAPPED": "events stand in another order than they were sealed in",
    "CUT_TAIL": "the end of the chain was cut off",
    "REWRITTEN": "seals were made anew or changed by somebody without the key",
    "RESTORED": "the database goes on from an older state than the anchor knows",
    "ANCHOR_MISSING": "the anchor outside the database is gone",
}
SHOWN_AT_MOST = 200


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is not as it was sealed, and where."""

    kind: str
    text: str
    seal: int | None = None
    place: int | None = None
    event: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if value is not None}


@dataclass
class Report:
    """The outcome of a verification; `waiting` events have no seal yet, `number` counts findings beyond those kept."""

    findings: list[Finding] = field(default_factory=list)
    number: int = 0
    events: int = 0
    seals: int = 0
    waiting: int = 0
    covered_until: datetime | None = None
    anchored: int = 0
    restarts: int = 0

    @property
    def is_whole(self) -> bool:
        return not self.number

    def add(self, kind: str, text: str = "", **where: Any) -> None:
        self.number += 1
        if len(self.findings) < SHOWN_AT_MOST:
            self.findings.append(Finding(kind=kind, text=text or KINDS[kind], **where))

    def as_json(self) -> dict[str, Any]:
        return {
            "ok": self.is_whole, "events": self.events, "seals": self.seals, "waiting": self.waiting, "anchored_seals": self.anchored,
            "anchor_restarts": self.restarts, "covered_until": self.covered_until and self.covered_until.astimezone(UTC).isoformat(),
            "findings": self.number, "reasons": [found.as_json() for found in self.findings],
        }  # fmt: skip
