"""What is done in the workspace to the files of a batch and to what its sheets become."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import IO, Any, cast, BinaryIO

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.audit.record import record_event
from app.db.types import now
from app.imports.engine.mapping_of import guesses_for, keep_mapping, leave_out, map_sheet
from app.imports.engine.opening import open_file
from app.imports.engine.storing import keep_file, remove_file
from app.imports.mapping.mapping import Mapping
from app.imports.models import OPEN, REHEARSED, ImportBatch, ImportFile, ImportFinding, ImportSheet
from app.imports.reading.choices import Choices
from app.imports.reading.limits import MB
from app.jobs.actions import start
from app.imports.workspace.documents import values_of, document_of, with_guesses, with_values


# The job that reads a file. A page waits no longer than a worker of the server may: what is larger, or unpacks, is left to it.
OPEN_FILE = "import:open"
AT_ONCE_BYTES, PACKED_BYTES = 8 * MB, MB
_PACKED = (".xlsx", ".xlsm", ".ods", ".zip")


def may_be_prepared(batch: ImportBatch) -> bool:
    """Tell whether files and mappings can still be changed: until the move in has begun."""
    return batch.status in (OPEN, REHEARSED) and batch.work != "commit"


def _unsettle(batch: ImportBatch) -> None:
    """What was laid down and rehearsed says nothing of files or mappings that are others now."""
    batch.staged_at, batch.is_confirmed = None, False
    batch.status = OPEN


def add_files(session: Session, batch: ImportBatch, sent: Sequence[tuple[str, IO[bytes]]]) -> list[ImportFile]:
    """Keep and open some files, and commit; when one cannot be kept, none is."""
    kept: list[ImportFile] = []
    try:
        for name, stream in sent:
            file = keep_file(session, batch, name, cast(BinaryIO, stream))
            kept.append(file)
            if file.size <= (PACKED_BYTES if name.lower().endswith(_PACKED) else AT_ONCE_BYTES):
                open_kept(session, batch, file, None)
            else:
                start(session, OPEN_FILE, file.id, batch.org_id)
            record_event(session, "import:added", row_id=file.id)
        _unsettle(batch)
        session.commit()
    except BaseException:
        session.rollback()
        for file in kept:
            remove_file(session, file, now())
        session.rollback()
        raise
    return kept


def open_kept(session: Session, batch: ImportBatch, file: ImportFile, choices: Choices | None) -> None:
    """Read a kept file and write what it holds, without commit."""
    samples = open_file(session, file, choices)
    if samples is None:
        return
    with_values(file, samples)
    document = document_of(file)
    sheets = _sheets(session, file)
    with_guesses(file, [guesses_for(session, batch, sheet, {name: list(found) for name, found in values_of(document, place).items()}) for place, sheet in enumerate(sheets)])


def _sheets(session: Session, file: ImportFile) -> list[ImportSheet]:
    return list(session.scalars(select(ImportSheet).where(ImportSheet.file_id == file.id).order_by(ImportSheet.position)))


def open_again(session: Session, batch: ImportBatch, file: ImportFile, choices: Choices) -> None:
    """Read a file by other choices, and commit; a sheet that has the same columns keeps what was decided of it."""
    before = {(sheet.name, sheet.columns): sheet for sheet in _sheets(session, file)}
    decided = {key: (sheet.entity, sheet.mapping, sheet.reason, sheet.mapping_id) for key, sheet in before.items()}
    open_kept(session, batch, file, choices)
    for sheet in _sheets(session, file):
        if found := decided.get((sheet.name, sheet.columns)):
            sheet.entity, sheet.mapping, sheet.reason, sheet.mapping_id = found
    _unsettle(batch)
    record_event(session, "import:changed", row_id=file.id, fields=["choices"])
    session.commit()


def take_away(session: Session, batch: ImportBatch, file: ImportFile) -> None:
    """Take a file out of a batch with all that was read of it, and commit; its bytes go last, when nothing names them any more."""
    key = file.id
    session.execute(delete(ImportFinding).where(ImportFinding.batch_id == batch.id, ImportFinding.field == key[:63]))
    session.execute(delete(ImportFinding).where(ImportFinding.sheet_id.in_(select(ImportSheet.id).where(ImportSheet.file_id == key))))
    session.execute(delete(ImportSheet).where(ImportSheet.file_id == key))
    session.delete(file)
    _unsettle(batch)
    record_event(session, "import:deleted", row_id=key)
    session.commit()
    remove_file(session, file, now())


def decide(session: Session, batch: ImportBatch, sheet: ImportSheet, mapping: Mapping | str, *, keep: bool = False, is_shared: bool = False) -> None:
    """Let a sheet be read through a mapping, or leave it out with the reason given, and commit."""
    if isinstance(mapping, str):
        leave_out(session, sheet, mapping)
    else:
        map_sheet(session, sheet, mapping)
        if keep:
            keep_mapping(session, batch, sheet, is_shared=is_shared)
    _unsettle(batch)
    record_event(session, "import:changed", row_id=sheet.id, fields=["mapping"])
    session.commit()


def chosen(file: ImportFile) -> dict[str, Any]:
    """Give what was chosen for a file, as its form shows it."""
    found: dict[str, Any] = json.loads(file.choices)
    return found
