"""Findings of a batch as documents for programs: row by row, with their sentences in both languages."""

from __future__ import annotations

from typing import Any

from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.imports.engine.wording import sentences
from app.imports.models import ImportBatch, ImportFile, ImportFinding, ImportRow, ImportSheet
from app.imports.profiling.telling import LANGUAGES

_MOST = 10_000


def findings_document(session: Session, batch: ImportBatch) -> list[dict[str, Any]]:
    """Give the findings in the order of the source, at most ten thousand. The value is not given: it is in the sender's own file."""
    query = (
        select(ImportFinding, ImportSheet.name, ImportFile.name)
        .outerjoin(ImportSheet, ImportSheet.id == ImportFinding.sheet_id).outerjoin(ImportFile, ImportFile.id == ImportSheet.file_id)
        .where(ImportFinding.batch_id == batch.id).order_by(ImportSheet.position, ImportFinding.row_number, ImportFinding.code, ImportFinding.field).limit(_MOST)
    )  # fmt: skip
    return [_document(finding, sheet or "", file or "") for finding, sheet, file in session.execute(query)]


def _document(finding: ImportFinding, sheet: str, file: str) -> dict[str, Any]:
    reason, cure = {}, {}
    for language in LANGUAGES:
        with force_locale(language):
            reason[language], cure[language] = sentences(finding)
    return {
        "file": file, "sheet": sheet, "row": finding.row_number, "column": finding.column_name, "field": finding.field if finding.sheet_id else "",
        "tier": finding.tier, "code": finding.code, "step": finding.step, "reason": reason, "cure": cure, "closed_because": finding.closed_because,
    }  # fmt: skip


def rows_document(session: Session, batch: ImportBatch, after: int, limit: int) -> list[dict[str, Any]]:
    """Give what became of the rows behind a place, in the order of the source; `record` is the key of ours."""
    query = (
        select(ImportRow.position, ImportRow.number, ImportRow.entity, ImportRow.outcome, ImportRow.row_id, ImportSheet.name)
        .join(ImportSheet, ImportSheet.id == ImportRow.sheet_id).where(ImportRow.batch_id == batch.id, ImportRow.position > after)
        .order_by(ImportRow.position).limit(limit)
    )  # fmt: skip
    return [
        {"place": place, "sheet": sheet, "row": number, "entity": entity, "outcome": outcome, "record": record}
        for place, number, entity, outcome, record, sheet in session.execute(query)
    ]
