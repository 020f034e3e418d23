"""What became of the rows, in numbers that add up."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.imports.engine.entities import by_key
from app.imports.models import ImportBatch, ImportChange, ImportFile, ImportFinding, ImportRow, ImportSheet

# SKIPPED rows say nothing new or are examples; STOPPED ones have a finding; FAILED ones the database refused.
OUTCOMES = ("CREATED", "UPDATED", "JOINED", "UNCHANGED", "SKIPPED", "STOPPED", "FAILED")
WAITING = "WAITING"


@dataclass
class Counts:
    """Rows by entity and outcome; `unread` could not be read at all, `left_out` stand on sheets that are not brought."""

    by_entity: dict[str, Counter[str]] = field(default_factory=dict)
    unread: int = 0
    left_out: int = 0

    @property
    def total(self) -> int:
        return sum(sum(found.values()) for found in self.by_entity.values())

    def of(self, outcome: str) -> int:
        return sum(found[outcome] for found in self.by_entity.values())

    @property
    def lost_percent(self) -> float:
        """Give the share of rows that would not come in."""
        lost = self.of("STOPPED") + self.of("FAILED") + self.unread
        return 100 * lost / max(self.total + self.unread, 1)

    def as_document(self) -> dict[str, object]:
        entities = {entity: {"in": sum(found.values()), **{outcome.lower(): found[outcome] for outcome in (*OUTCOMES, WAITING) if found[outcome]}} for entity, found in self.by_entity.items()}
        return {"entities": entities, "unread": self.unread, "left_out": self.left_out, "total": self.total + self.unread}


def counts_of(session: Session, batch: ImportBatch) -> Counts:
    """Count the rows of a batch; those that nothing was decided of yet are WAITING."""
    found = Counts()
    rows = select(ImportRow.entity, ImportRow.outcome, func.count()).where(ImportRow.batch_id == batch.id).group_by(ImportRow.entity, ImportRow.outcome)
    counted = session.execute(rows).all()
    for entity in by_key():
        of_entity = Counter({outcome or WAITING: number for key, outcome, number in counted if key == entity})
        if of_entity:
            found.by_entity[entity] = of_entity
    for text in session.scalars(select(ImportFile.profile).where(ImportFile.batch_id == batch.id)):
        found.unread += int(json.loads(text)["stopped_rows"]) if text else 0
    found.left_out = session.scalar(select(func.sum(ImportSheet.rows)).where(ImportSheet.batch_id == batch.id, ImportSheet.entity.is_(None))) or 0
    return found


def stops_all(session: Session, batch: ImportBatch) -> int:
    """Count the findings that stop the whole batch."""
    query = select(func.count()).select_from(ImportFinding).where(ImportFinding.batch_id == batch.id, ImportFinding.tier == "stop-file")
    return session.scalar(query) or 0


def waits_for_a_person(batch: ImportBatch, counts: Counts) -> bool:
    """Tell whether so much would be left out that somebody must look at it before it is brought."""
    return not batch.is_confirmed and counts.lost_percent > batch.most_percent


def undone_of(session: Session, batch: ImportBatch) -> dict[str, dict[str, int]]:
    """Count what an undo took back and what it kept, by entity."""
    query = select(ImportChange.entity, ImportChange.undone, func.count()).where(ImportChange.batch_id == batch.id).group_by(ImportChange.entity, ImportChange.undone)
    found: dict[str, dict[str, int]] = {}
    for entity, undone, number in session.execute(query):
        found.setdefault(entity, {})[str(undone or WAITING).lower()] = number
    return found
