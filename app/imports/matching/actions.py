from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Match:
    kind: str
    client_id: str | None = None
    with_key: str | None = None
    findings: tuple[Any, ...] = ()
def matches_of(session: Any, batch: Any, rows: Any, records: Any) -> dict[str, Match]:
    return {}
