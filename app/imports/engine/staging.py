"""The rows of a batch are laid down as the mappings read them; nothing of any client is written yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from flask import current_app
from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from app.db.statistics import renew_statistics
from app.db.types import new_id, now
from app.imports.engine import records
from app.imports.engine.bundles import bundle_up
from app.imports.engine.entities import by_key, depth_of
from app.imports.engine.findings import of_row
from app.imports.engine.opening import choices_of
from app.imports.engine.storing import opened
from app.imports.mapping.applying import apply
from app.imports.mapping.findings import Finding
from app.imports.mapping.mapping import Mapping
from app.imports.matching.blocks import note_persons
from app.imports.models import ImportBatch, ImportFile, ImportFinding, ImportRow, ImportSheet, json_list
from app.imports.reading.messages import End, Row, Sheet
from app.imports.reading.reader import read
from app.imports.specification.version import version

_AT_ONCE = 500
# From so many rows on, what comes after is planned for them.
_MANY = 2000
# Findings of one sheet that are told one by one; a column that was mapped wrongly has one on every row.
_MOST = 5000
Laid = tuple[dict[str, Any], list[ImportFinding]]


class UnreadableSourceError(RuntimeError):
    """A file that could be read when it was handed in cannot be read to its end now; nothing of the batch may be used."""


def stage(session: Session, batch: ImportBatch, today: date, beat: Callable[[], None] = lambda: None) -> None:
    """Lay down the rows of all files, in pieces that are kept; begun again it begins anew. `staged_at` tells that it is done.

    `beat` is called in the transaction of each piece. Raises `UnreadableSourceError` and `StoredFileError`.
    """
    batch.staged_at, batch.work, batch.place, batch.places = None, None, 0, 0
    session.execute(delete(ImportRow).where(ImportRow.batch_id == batch.id))
    session.execute(delete(ImportFinding).where(ImportFinding.batch_id == batch.id, ImportFinding.step != "READ", ImportFinding.closed_because.is_(None), ImportFinding.assigned_to.is_(None)))
    session.commit()
    for file in session.scalars(select(ImportFile).where(ImportFile.batch_id == batch.id).order_by(ImportFile.position)).all():
        _lay(session, batch, file, today, beat)
    if (session.scalar(select(func.max(ImportRow.position)).where(ImportRow.batch_id == batch.id)) or 0) >= _MANY:
        renew_statistics(session)
    bundle_up(session, batch, today)
    batch.specification, batch.staged_at = version(), now()
    session.commit()


def _lay(session: Session, batch: ImportBatch, file: ImportFile, today: date, beat: Callable[[], None]) -> None:
    sheets = list(session.scalars(select(ImportSheet).where(ImportSheet.file_id == file.id).order_by(ImportSheet.position)))
    known = _marks(session, batch)
    with opened(file) as path:
        laid = _rows(batch, sheets, read(path, file.name, choices_of(file)), today)
        while piece := list(islice(laid, _AT_ONCE)):
            session.execute(insert(ImportRow), [row for row, _findings in piece])
            note_persons(session, [row for row, _findings in piece])
            session.add_all(found for _row, findings in piece for found in findings if found.mark not in known)
            beat()
            session.commit()


def _marks(session: Session, batch: ImportBatch) -> set[str]:
    return set(session.scalars(select(ImportFinding.mark).where(ImportFinding.batch_id == batch.id, ImportFinding.step != "READ")))


def _rows(batch: ImportBatch, sheets: Sequence[ImportSheet], messages: Any, today: date) -> Iterator[Laid]:
    """Give the rows of the sheets that are brought. Only a source that was read to its end counts."""
    takers: dict[int, _Taker] = {}
    numbers = iter(sheets)
    for message in messages:
        if isinstance(message, Sheet):
            sheet = next(numbers, None)
            if sheet is None or json_list(sheet.columns) != list(message.columns):
                raise UnreadableSourceError(message.name)
            if sheet.mapping:
                takers[message.number] = _Taker(batch, sheet, today)
        elif isinstance(message, Row):
            if message.sheet in takers:
                yield takers[message.sheet].take(message)
        elif isinstance(message, End) and not message.complete:
            raise UnreadableSourceError(batch.id)


class _Taker:
    """Reads the rows of one sheet through its mapping."""

    def __init__(self, batch: ImportBatch, sheet: ImportSheet, today: date) -> None:
        self.batch, self.sheet, self.today = batch, sheet, today
        self.mapping = Mapping.from_json(str(sheet.mapping))
        self.entity = by_key()[self.mapping.entity]
        self.columns, self.told = json_list(sheet.columns), 0
        self.artificial: bool = current_app.config["KOTO"].has_invented_persons_only

    def take(self, message: Row) -> Laid:
        cells = dict(zip(self.columns, message.cells, strict=True))
        applied = apply(self.mapping, self.entity, cells, today=self.today, artificial=self.artificial)
        text = records.document(applied.record)
        parents = list(records.references(self.entity, applied.record).values())
        row = {
            "id": new_id(), "batch_id": self.batch.id, "org_id": self.batch.org_id, "sheet_id": self.sheet.id, "number": message.number,
            "position": self.sheet.position * 10_000_000 + message.number, "entity": self.entity.key, "depth": depth_of(self.entity.key),
            "key_digest": records.own_key(self.entity, applied.record) or records.mark(self.sheet.id, message.number),
            "parent_digest": parents[0][1] if parents else None, "client_digest": None, "bundle": None,
            "content": text, "content_digest": records.content_digest(text), "is_stopped": not applied.is_good, "row_id": None,
            "outcome": "SKIPPED" if any(one.reason == "EXAMPLE_ROW" for one in applied.findings) else None,
        }  # fmt: skip
        return row, self._told(ImportRow(**row), applied.findings)

    def _told(self, row: ImportRow, findings: Sequence[Finding]) -> list[ImportFinding]:
        if self.told >= _MOST:
            return []
        self.told += len(findings)
        return [of_row("MAP", row, finding) for finding in findings if finding.tier != "none"]
