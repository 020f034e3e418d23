"""A file is opened: what it holds is kept with it, and each of its tables becomes a sheet of the batch."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.imports.engine.findings import of_trouble
from app.imports.engine.mapping_of import lay_anew
from app.imports.engine.storing import opened
from app.imports.models import ImportFile, ImportFinding, ImportSheet
from app.imports.profiling.profile import as_document, profile
from app.imports.profiling.telling import trouble_document, with_reasons
from app.imports.reading.choices import Choices
from app.imports.reading.messages import Message, Row, Sheet
from app.imports.reading.reader import read

SAMPLES, FIRST_ROWS = 200, 5


def choices_of(file: ImportFile) -> Choices:
    """Give what was chosen instead of the guesses."""
    given: dict[str, Any] = json.loads(file.choices)
    made: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    return Choices(**made)


class Samples:
    """Passes messages on and keeps the first different values of each column, and the first rows of each sheet."""

    def __init__(self) -> None:
        self.of: dict[int, dict[str, list[object]]] = {}
        self.first: dict[int, list[Row]] = {}
        self._seen: dict[int, list[set[object]]] = {}
        self._sheets: dict[int, Sheet] = {}

    def through(self, messages: Iterable[Message]) -> Iterator[Message]:
        for message in messages:
            if isinstance(message, Sheet):
                self._sheets[message.number] = message
                self.of[message.number], self.first[message.number] = {column: [] for column in message.columns}, []
                self._seen[message.number] = [set() for _column in message.columns]
            elif isinstance(message, Row):
                self._take(message)
            yield message

    def _take(self, row: Row) -> None:
        if len(self.first[row.sheet]) < FIRST_ROWS:
            self.first[row.sheet].append(row)
        kept = self.of[row.sheet]
        for column, seen, value in zip(self._sheets[row.sheet].columns, self._seen[row.sheet], row.cells, strict=True):
            if value is not None and len(seen) < SAMPLES and value not in seen:
                seen.add(value)
                kept[column].append(value)


def open_file(session: Session, file: ImportFile, choices: Choices | None = None) -> Samples | None:
    """Read a file through and write what it holds: profile, sheets and findings, without commit; None when it cannot be used."""
    if choices is not None:
        file.choices = json.dumps(asdict(choices))
    lay_anew(session, file.batch_id)
    samples = Samples()
    with opened(file) as path:
        found = profile(samples.through(read(path, file.name, choices_of(file))))
    document = with_reasons(as_document(found, trouble_document))
    document["reasons"] = [trouble_document(one) for one in found.reasons]
    file.profile = json.dumps(document, ensure_ascii=False)
    session.execute(delete(ImportSheet).where(ImportSheet.file_id == file.id))
    session.execute(delete(ImportFinding).where(ImportFinding.batch_id == file.batch_id, ImportFinding.step == "READ", ImportFinding.sheet_id.is_(None), ImportFinding.field == file.id[:63]))
    sheets = _sheets(session, file, found.sheets) if found.end.complete else {}
    session.add_all(of_trouble(file, sheets.get(trouble.sheet), trouble) for trouble in found.troubles)
    session.flush()
    return samples if found.end.complete else None


def _sheets(session: Session, file: ImportFile, found: list[Any]) -> dict[str, ImportSheet]:
    first = session.scalar(select(func.max(ImportSheet.position)).where(ImportSheet.batch_id == file.batch_id)) or 0
    sheets = {}
    for number, one in enumerate(found, start=1):
        sheets[one.sheet.name] = ImportSheet(
            batch_id=file.batch_id, org_id=file.org_id, file_id=file.id, position=first + number, name=one.sheet.name[:200], rows=one.rows,
            columns=json.dumps(one.sheet.columns, ensure_ascii=False),
        )  # fmt: skip
    session.add_all(sheets.values())
    session.flush()
    return sheets
