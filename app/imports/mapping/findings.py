"""What applying a mapping has to say of a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.imports.specification.rules import Standing, rules


@dataclass(frozen=True)
class Finding:
    """One finding; `reason` is a rule of the specification, and its cure stands in `texts.py` under the same key."""

    tier: Standing
    reason: str
    field: str
    column: str = ""
    value: str = ""

    @property
    def stops(self) -> bool:
        return self.tier in ("stop-row", "stop-file")


def tier_of(rule_id: str, on: date) -> Standing:
    """Give what a rule does on a day."""
    return next(rule.standing(on) for rule in rules() if rule.id == rule_id)


@dataclass(frozen=True)
class Applied:
    """The canonical record of a row, and what was found; a field that could not be read is not in the record."""

    record: dict[str, Any]
    findings: tuple[Finding, ...] = field(default_factory=tuple)

    @property
    def is_good(self) -> bool:
        return not any(finding.stops for finding in self.findings)
