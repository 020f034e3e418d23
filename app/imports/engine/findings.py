"""Findings of every step as rows."""

from __future__ import annotations

from app.imports.engine.records import mark
from app.imports.mapping.findings import Finding
from app.imports.models import ImportFile, ImportFinding, ImportRow, ImportSheet
from app.imports.reading.messages import Trouble, excerpt

# Before the rule of a feature, whose sentence stands with the finding.
LAW = "LAW:"


def of_trouble(file: ImportFile, sheet: ImportSheet | None, trouble: Trouble) -> ImportFinding:
    """Give the row of what reading found. One about the whole file says which in `field`, since it has no sheet."""
    return ImportFinding(
        batch_id=file.batch_id, org_id=file.org_id, sheet_id=sheet.id if sheet else None, step="READ", row_number=trouble.row,
        column_name=(trouble.column_name or (str(trouble.column) if trouble.column else ""))[:200], field="" if sheet else file.id, code=trouble.code,
        tier=trouble.tier.value, value=excerpt(trouble.value) if trouble.value else None, mark=mark(file.id, trouble.code, trouble.sheet, trouble.row, trouble.column),
    )  # fmt: skip


def of_row(step: str, row: ImportRow, finding: Finding, seen: int = 0) -> ImportFinding:
    """Give the row of what a later step found of a row of the source."""
    return ImportFinding(
        batch_id=row.batch_id, org_id=row.org_id, sheet_id=row.sheet_id, step=step, row_number=row.number, column_name=finding.column[:200], field=finding.field,
        code=finding.reason, tier=finding.tier, value=excerpt(finding.value) if finding.value else None, seen=seen,
        mark=mark(row.entity, row.key_digest, finding.reason, finding.field, finding.value),
    )  # fmt: skip
