"""A file of a move as it goes back to who handed it in: with its faulty cells marked, to be corrected and brought again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from flask import current_app
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.imports.engine.opening import choices_of
from app.imports.engine.storing import opened
from app.imports.engine.wording import sentences
from app.imports.models import ImportBatch, ImportFile, ImportFinding, ImportSheet
from app.imports.reading.codes import Tier
from app.imports.reading.headers import letter
from app.imports.reading.limits import Limits
from app.imports.returning.marks import SHADOW, Mark
from app.imports.returning.workbook import marked_workbook
from app.imports.workspace.finding_labels import GROUP_OF

_TIERS = {"FILE": Tier.FILE.value, "ROW": Tier.ROW.value, "WARNING": Tier.WARNING.value, "SHADOW": SHADOW}


def kept_files(session: Session, batch: ImportBatch) -> list[ImportFile]:
    """Give the files of a move whose bytes are still kept."""
    return list(session.scalars(select(ImportFile).where(ImportFile.batch_id == batch.id, ImportFile.removed_at.is_(None)).order_by(ImportFile.position)))


def marks_in(session: Session, file: ImportFile) -> Iterator[Mark]:
    """Give the open findings of a file as marks, in the language in force."""
    of_file = or_(ImportSheet.file_id == file.id, ImportFinding.field == file.id)
    query = (
        select(ImportFinding, ImportSheet.name).outerjoin(ImportSheet, ImportSheet.id == ImportFinding.sheet_id)
        .where(ImportFinding.batch_id == file.batch_id, of_file, ImportFinding.closed_because.is_(None)).execution_options(yield_per=1000)
    )  # fmt: skip
    for finding, sheet in session.execute(query):
        column = finding.column_name
        if finding.step == "READ" and column.isdigit():
            # A column without a name is called by its letters.
            column = f"[{letter(int(column))}]"
        yield Mark(sheet or "", finding.row_number, column, _TIERS[GROUP_OF.get(finding.tier, "WARNING")], sentences(finding))


def returned_file(session: Session, file: ImportFile, language: str) -> tuple[str, BinaryIO]:
    """Give the name and the open file of what goes back; on the disk it is gone when it is closed. Raises StoredFileError."""
    with TemporaryDirectory(dir=current_app.config["KOTO"].instance_dir / "imports") as folder, opened(file) as source:
        out = Path(folder) / "returned"
        made = marked_workbook(source, file.name, choices_of(file), Limits(), marks_in(session, file), language, out)
        return f"{Path(file.name).stem}-{language}.{made.ending}", out.open("rb")
