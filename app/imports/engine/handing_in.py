"""A file that a program hands in: kept, opened, and mapped as given, as kept of the product, or as suggested."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.imports.engine.mapping_of import map_sheet, suggest_for
from app.imports.engine.opening import Samples, open_file
from app.imports.engine.storing import keep_file
from app.imports.mapping.mapping import Mapping
from app.imports.models import ImportBatch, ImportFile, ImportSheet


def hand_in(session: Session, org_id: str, name: str, stream: BinaryIO, product: str, mappings: Dict[str, Mapping] | None = None, user_id: int | None = None) -> ImportBatch:
    """Make a batch of a file and commit. A file that cannot be used leaves a batch without sheets, whose findings say why."""
    batch = ImportBatch(name=name[:120], product=product, org_id=org_id, created_by=user_id, changed_by=user_id)
    session.add(batch)
    session.flush()
    file = keep_file(session, batch, name, stream)
    samples = open_file(session, file)
    if samples is not None:
        _map(session, batch, file, samples, mappings or {})
    session.commit()
    return batch


def _map(session: Session, batch: ImportBatch, file: ImportFile, samples: Samples, mappings: Dict[str, Mapping]) -> None:
    sheets = session.scalars(select(ImportSheet).where(ImportSheet.file_id == file.id).order_by(ImportSheet.position)).all()
    for number, sheet in zip(samples.of, sheets, strict=True):
        if sheet.name in mappings:
            map_sheet(session, sheet, mappings[sheet.name])
        else:
            suggest_for(session, batch, sheet, samples.of[number])
