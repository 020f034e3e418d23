"""What a change of the rules would do to the register before it takes force. Numbers only: no row of it names a client."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from app.deadlines.numbers import counted_by, read_rules
from app.obligations.actions import derived, difference
from app.obligations.check import BATCH, batches
from app.obligations.derive import Row
from app.obligations.facts import facts_of_clients


@dataclass
class Effect:
    """What happens to the limits of one rule."""

    earlier: int = 0
    later: int = 0
    new: int = 0
    gone: int = 0
    becomes_overdue: int = 0


@dataclass
class Preview:
    """The effects by rule, of those rules only that a client would notice."""

    clients: int
    effects: dict[str, Effect]

    def as_document(self) -> dict[str, object]:
        """Give what `deadlines preview --json` prints."""
        return {"clients": self.clients, "rules": [{"rule": rule, **asdict(effect)} for rule, effect in sorted(self.effects.items())]}


def preview(session: Session, path: Path, on: date, size: int = BATCH) -> Preview:
    """Derive every client by the rules in force and by those of a file, and count what differs. Writes nothing."""
    then_rules = read_rules(path)
    clients, effects = 0, defaultdict[str, Effect](Effect)
    for keys in batches(session, size):
        known = facts_of_clients(session, keys)
        now = derived(known, on)
        with counted_by(then_rules):
            then = derived(known, on)
        clients += len(known)
        for key in known:
            _count(effects, [(str(place), row) for place, row in enumerate(now[key])], then[key], on)
        session.rollback()
    return Preview(clients, dict(effects))


def _count(effects: dict[str, Effect], now: list[tuple[str, Row]], then: list[Row], on: date) -> None:
    found = difference("", now, then)
    for _key, old, new in found.to_change:
        if old["due_on"] != new["due_on"]:
            effect = effects[old["rule"]]
            effect.earlier += new["due_on"] < old["due_on"]
            effect.later += new["due_on"] > old["due_on"]
        if _is_overdue(new, on) and not _is_overdue(old, on):
            effects[old["rule"]].becomes_overdue += 1
    for row in found.to_add:
        effects[row["rule"]].new += 1
        effects[row["rule"]].becomes_overdue += _is_overdue(row, on)
    for _key, row in found.to_remove:
        effects[row["rule"]].gone += 1


def _is_overdue(row: Row, on: date) -> bool:
    return row["state"] == "OPEN" and row["kind"] != "LIMIT" and row["due_on"] < on
