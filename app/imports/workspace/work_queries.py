"""Reads of the pages of a move: always of the reader's own organisation."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.actor import current_actor
from app.db.types import is_id
from app.imports.models import ImportBatch, ImportChange, ImportFinding, ImportRow, ImportSheet
from app.imports.workspace.finding_labels import GROUP_OF
from app.imports.workspace.models import ImportUndoRequest


def own_batch(session: Session, key: object) -> ImportBatch | None:
    """Give a move of the reader's own organisation."""
    actor = current_actor()
    if actor is None or not is_id(key):
        return None
    return session.scalar(select(ImportBatch).where(ImportBatch.id == key, ImportBatch.org_id == actor.organisation_id))


def counts_of(session: Session, batch: ImportBatch) -> dict[str, dict[str | None, int]]:
    """Give the rows by entity and outcome, in the order in which they are written."""
    found: dict[str, dict[str | None, int]] = {}
    grouped = (
        select(ImportRow.entity, ImportRow.outcome, func.count(), func.min(ImportRow.depth))
        .where(ImportRow.batch_id == batch.id).group_by(ImportRow.entity, ImportRow.outcome)
    )  # fmt: skip
    for entity, outcome, number, _depth in sorted(session.execute(grouped), key=lambda row: row[3]):
        found.setdefault(entity, {})[outcome] = number
    return found


def undone_of(session: Session, batch: ImportBatch) -> dict[str, dict[str | None, int]]:
    """Give the records that the move wrote, by entity and by what became of them when they were taken back."""
    found: dict[str, dict[str | None, int]] = {}
    grouped = select(ImportChange.entity, ImportChange.undone, func.count()).where(ImportChange.batch_id == batch.id).group_by(ImportChange.entity, ImportChange.undone)
    for entity, undone, number in session.execute(grouped):
        found.setdefault(entity, {})[undone] = number
    return found


def undo_preview(session: Session, batch: ImportBatch) -> dict[str, dict[str, int]]:
    """Stands in for the engine's."""
    return {entity: {"REVERSED": sum(found.values()), "KEPT": 0} for entity, found in undone_of(session, batch).items()}


def findings_by_group(session: Session, batch: ImportBatch) -> dict[str, tuple[int, int]]:
    """Give (open, all) findings of each group of tiers."""
    grouped = (
        select(ImportFinding.tier, func.count(), func.count(ImportFinding.closed_because))
        .where(ImportFinding.batch_id == batch.id).group_by(ImportFinding.tier)
    )  # fmt: skip
    found: dict[str, tuple[int, int]] = {}
    for tier, number, closed in session.execute(grouped):
        group = GROUP_OF.get(tier, "WARNING")
        before = found.get(group, (0, 0))
        found[group] = before[0] + number - closed, before[1] + number
    return found


def has_mapped_sheets(session: Session, batch: ImportBatch) -> bool:
    """Tell whether some sheet of the move is to be brought."""
    return session.scalar(select(ImportSheet.id).where(ImportSheet.batch_id == batch.id, ImportSheet.entity.is_not(None)).limit(1)) is not None


def was_asked(session: Session, batch: ImportBatch) -> bool:
    """Tell whether leave to undo the move was asked for."""
    return session.scalar(select(ImportUndoRequest.id).where(ImportUndoRequest.batch_id == batch.id)) is not None
