"""What the pages from the rehearsal on read of a move that is the reader's own."""

from __future__ import annotations

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from app.imports.engine.undoing import KEPT, REVERSED, models
from app.imports.models import ImportBatch, ImportChange, ImportFinding, ImportSheet
from app.imports.workspace.finding_labels import GROUP_OF
from app.imports.workspace.models import ImportUndoRequest


def undo_forecast(session: Session, batch: ImportBatch) -> dict[str, dict[str, int]]:
    """Tell by entity how much an undo would take back and keep, as `engine.undoing.undo_preview` does, with one statement an entity: a page waits for it."""
    of_batch = (ImportChange.batch_id == batch.id, ImportChange.undone.is_(None))
    found: dict[str, dict[str, int]] = {}
    for entity in session.scalars(select(ImportChange.entity).where(*of_batch).distinct()).all():
        model = models()[entity]
        is_edited = and_(model.id.is_not(None), ImportChange.kind.in_(("CREATED", "MADE")), model.version != ImportChange.row_version)
        query = select(func.count(), func.count(case((is_edited, 1)))).select_from(ImportChange).outerjoin(model, model.id == ImportChange.row_id)
        number, kept = session.execute(query.where(*of_batch, ImportChange.entity == entity)).one()
        found[entity] = {REVERSED: number - kept, KEPT: kept}
    return found


def clients_of(session: Session, batch: ImportBatch) -> int:
    """Count the clients whose records the move wrote."""
    return session.scalar(select(func.count(ImportChange.client_id.distinct())).where(ImportChange.batch_id == batch.id)) or 0


def findings_by_group(session: Session, batch: ImportBatch) -> dict[str, int]:
    """Count the open findings of each group of tiers."""
    grouped = select(ImportFinding.tier, func.count()).where(ImportFinding.batch_id == batch.id, ImportFinding.closed_because.is_(None)).group_by(ImportFinding.tier)
    found: dict[str, int] = {}
    for tier, number in session.execute(grouped):
        group = GROUP_OF.get(tier, "WARNING")
        found[group] = found.get(group, 0) + number
    return found


def has_mapped_sheets(session: Session, batch: ImportBatch) -> bool:
    """Tell whether some sheet of the move is to be brought."""
    return session.scalar(select(ImportSheet.id).where(ImportSheet.batch_id == batch.id, ImportSheet.entity.is_not(None)).limit(1)) is not None


def was_asked(session: Session, batch: ImportBatch) -> bool:
    """Tell whether leave to undo the move was asked for."""
    return session.scalar(select(ImportUndoRequest.id).where(ImportUndoRequest.batch_id == batch.id)) is not None
