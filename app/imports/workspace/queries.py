"""What is read of a move: always of the reader's own organisation alone, since the batch's table has no other wall."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.access.actor import NOBODY_ID, current_actor
from app.imports.models import ImportBatch, ImportFile, ImportFinding, ImportSheet
from app.imports.workspace.steps import Facts


def own(query: Any, model: Any) -> Any:
    """Narrow a query of batches, or of what belongs to one, to the reader's organisation."""
    actor = current_actor()
    return query.where(model.org_id == (actor.organisation_id if actor else NOBODY_ID))


def own_batch(session: Session, key: str) -> ImportBatch | None:
    """Give a batch of the reader's organisation."""
    return session.scalar(own(select(ImportBatch).where(ImportBatch.id == key), ImportBatch))


def files_of(session: Session, batch_id: str) -> list[ImportFile]:
    """Give the files of a batch in the order in which they came."""
    return list(session.scalars(own(select(ImportFile).where(ImportFile.batch_id == batch_id), ImportFile).order_by(ImportFile.position)))


def sheets_of(session: Session, batch_id: str) -> list[ImportSheet]:
    """Give the sheets of a batch, those of a file together."""
    return list(session.scalars(own(select(ImportSheet).where(ImportSheet.batch_id == batch_id), ImportSheet).order_by(ImportSheet.position)))


def sheets_by_file(sheets: Sequence[ImportSheet]) -> dict[str, list[ImportSheet]]:
    """Give the key of a file → its sheets."""
    found: dict[str, list[ImportSheet]] = {}
    for sheet in sheets:
        found.setdefault(sheet.file_id, []).append(sheet)
    return found


def facts_of(session: Session, batch_id: str) -> Facts:
    """Count what the states of the steps are told from: three statements."""
    files, opened = session.execute(select(func.count(), func.count(ImportFile.profile)).where(ImportFile.batch_id == batch_id)).one()
    mapped, left_out = case((ImportSheet.mapping.is_not(None), 1)), case((ImportSheet.mapping.is_(None) & ImportSheet.reason.is_not(None), 1))
    usable, sheets, brought, left = session.execute(
        select(func.count(ImportSheet.file_id.distinct()), func.count(), func.count(mapped), func.count(left_out)).where(ImportSheet.batch_id == batch_id)
    ).one()
    open_ones = select(ImportFinding.tier, func.count()).where(ImportFinding.batch_id == batch_id, ImportFinding.closed_because.is_(None)).group_by(ImportFinding.tier)
    return Facts(files, usable, sheets, brought, left, files - opened, {str(tier): int(number) for tier, number in session.execute(open_ones)})
