"""Moves as the engine leaves them, written right into the tables for the pages to show."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.types import new_id, now
from app.imports.models import ImportBatch, ImportChange, ImportFile, ImportFinding, ImportRow, ImportSheet

# Entity → outcome → rows.
GOOD = {"client": {"CREATED": 6, "UPDATED": 2, "JOINED": 1, "UNCHANGED": 1, "SKIPPED": 1}, "note": {"CREATED": 9}}
BAD = {"client": {"CREATED": 3, "STOPPED": 1, "FAILED": 1}}
# Step, tier, code, row, column, value.
FINDINGS = (
    ("READ", "stops_row", "SHORT_ROW", 4, "", None), ("MAP", "stop-row", "BAD_DATE", 7, "Syntynyt", "31.2.1990"),
    ("MAP", "warning", "FIRST_PLAN_MISSING", 3, "", None), ("MAP", "shadow", "SERVICE_WITHOUT_JUSTIFICATION", 9, "Perustelu", None),
)  # fmt: skip


def make_move(session: Session, org_id: str, *, status: str = "REHEARSED", outcomes: dict[str, dict[str, int]] | None = None, text: str = "Siirto", **values: Any) -> ImportBatch:
    """Write a move with a file, a sheet for each entity, rows by outcome, and the findings above; the caller commits."""
    batch = ImportBatch(id=new_id(), org_id=org_id, name=text, product=text[:80], status=status, **values)
    if status in ("COMMITTED", "SIGNED", "UNDONE"):
        batch.committed_at = now()
    if status == "SIGNED":
        batch.signed_at = now()
    if status != "OPEN":
        batch.rehearsed_at = now()
    session.add(batch)
    session.flush()
    of_batch = {"batch_id": batch.id, "org_id": org_id}
    file = ImportFile(id=new_id(), name=text, digest="0" * 64, size=1, **of_batch)
    session.add(file)
    session.flush()
    sheets = []
    for position, (entity, found) in enumerate((GOOD if outcomes is None else outcomes).items()):
        sheet = ImportSheet(id=new_id(), file_id=file.id, position=position, name=f"{text} {position + 1}", entity=entity, rows=sum(found.values()), **of_batch)
        session.add(sheet)
        session.flush()
        sheets.append(sheet)
        _add_rows(session, sheet, position, found, has_outcome=status != "OPEN")
    for step, tier, code, row, column, value in FINDINGS if sheets else ():
        session.add(ImportFinding(sheet_id=sheets[0].id, step=step, tier=tier, code=code, row_number=row, column_name=column, value=value, mark=new_id(), **of_batch))
    if batch.committed_at:
        _add_changes(session, batch, is_undone=status == "UNDONE")
    session.flush()
    return batch


def add_waiting_row(session: Session, batch: ImportBatch, person: dict[str, str], number: int = 90) -> ImportRow:
    """Write a row of a client that the rehearsal stopped until somebody says who it is; the caller commits."""
    sheet = session.scalars(select(ImportSheet).where(ImportSheet.batch_id == batch.id).order_by(ImportSheet.position)).first()
    assert sheet is not None
    row = ImportRow(
        id=new_id(), batch_id=batch.id, org_id=batch.org_id, sheet_id=sheet.id, number=number, position=number, entity="client", depth=0, key_digest=new_id(), content=json.dumps(person),
        content_digest="0" * 64, outcome="STOPPED",
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def _add_rows(session: Session, sheet: ImportSheet, depth: int, found: dict[str, int], *, has_outcome: bool) -> None:
    outcomes = [outcome for outcome, number in found.items() for _one in range(number)]
    for number, outcome in enumerate(outcomes):
        session.add(ImportRow(
            batch_id=sheet.batch_id, org_id=sheet.org_id, sheet_id=sheet.id, number=number + 2, position=number, entity=sheet.entity, depth=depth, key_digest=new_id(),
            content="{}", content_digest="0" * 64, outcome=outcome if has_outcome else None,
        ))  # fmt: skip


def _add_changes(session: Session, batch: ImportBatch, *, is_undone: bool) -> None:
    for position, undone in enumerate(("REVERSED", "REVERSED", "KEPT")):
        session.add(ImportChange(
            batch_id=batch.id, org_id=batch.org_id, position=position, bundle=position, kind="CREATED", entity="client", row_id=new_id(), client_id=new_id(), content="{}",
            undone=undone if is_undone else None,
        ))  # fmt: skip
