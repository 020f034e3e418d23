"""Every row that was brought beside the record it became, field by field: what the source said, and what stands here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.types import blind_index
from app.imports.engine import records
from app.imports.engine.entities import by_key
from app.imports.engine.state import pieces
from app.imports.engine.values import columns_of, worker_fields
from app.imports.models import ImportBatch, ImportRow
from app.imports.specification.catalogue import Entity

SAMPLES = 20
_AT_ONCE = 500
_BIG = 1 << 256


@dataclass
class Compared:
    """Of one entity: rows and their fields, and a sum of digests of each side that does not hang on the order of the rows."""

    rows: int = 0
    gone: int = 0
    said: Counter[str] = field(default_factory=Counter)
    same: Counter[str] = field(default_factory=Counter)
    of_source: int = 0
    of_records: int = 0

    def as_document(self, entity: Entity) -> dict[str, Any]:
        fields = {name: {"in": number, "same": self.same[name], "otherwise": number - self.same[name]} for name, number in sorted(self.said.items())}
        return {"rows": self.rows, "gone": self.gone, "fields": fields, "checksum_source": f"{self.of_source:064x}", "checksum_records": f"{self.of_records:064x}",
                "is_same": self.of_source == self.of_records}  # fmt: skip


@dataclass
class Comparison:
    """`samples` are drawn at random over all rows that came in: any row is as likely as another."""

    by_entity: dict[str, Compared] = field(default_factory=dict)
    samples: list[dict[str, Any]] = field(default_factory=list)
    seen: int = 0


def compare(session: Session, batch: ImportBatch, random: Random) -> Comparison:
    """Compare everything that a batch brought with what stands here now; memory does not grow with the batch."""
    found = Comparison()
    for entity in by_key().values():
        compared = Compared()
        for rows in _brought(session, batch, entity):
            _piece(session, entity, rows, compared, found, random)
        if compared.rows or compared.gone:
            found.by_entity[entity.key] = compared
    return found


def _brought(session: Session, batch: ImportBatch, entity: Entity) -> Iterator[Sequence[ImportRow]]:
    after = 0
    while True:
        query = select(ImportRow).where(ImportRow.batch_id == batch.id, ImportRow.entity == entity.key, ImportRow.row_id.is_not(None), ImportRow.position > after)
        rows = session.scalars(query.order_by(ImportRow.position).limit(_AT_ONCE)).all()
        if not rows:
            return
        yield rows
        after = rows[-1].position
        for row in rows:
            session.expunge(row)


def _piece(session: Session, entity: Entity, rows: Sequence[ImportRow], compared: Compared, found: Comparison, random: Random) -> None:
    items: dict[str, Any] = {}
    for keys in pieces({str(row.row_id) for row in rows}):
        items |= {item.id: item for item in session.scalars(select(entity.model).where(entity.model.id.in_(keys)))}
    for row in rows:
        item = items.get(str(row.row_id))
        if item is None:
            compared.gone += 1
            continue
        compared.rows += 1
        said, here = both_sides(entity, records.read(entity, row.content), item)
        for name, value in said.items():
            compared.said[name] += 1
            compared.same[name] += here[name] == value
        compared.of_source = (compared.of_source + _digest(row, said)) % _BIG
        compared.of_records = (compared.of_records + _digest(row, here)) % _BIG
        _draw(row, found, random)
    for item in items.values():
        session.expunge(item)


def both_sides(entity: Entity, record: records.Record, item: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the fields a row fills, as the source says them and as they stand here. What points at other rows is checked by their own rows."""
    aside = worker_fields(entity.model) | {name for name, _other in entity.parents}
    said = {name: value for name, value in columns_of(entity, record, {}, {}).items() if name not in aside}
    return said, {name: getattr(item, name) for name in said}


def _digest(row: ImportRow, values: dict[str, Any]) -> int:
    return int(blind_index(f"import checksum\n{row.entity}\n{row.key_digest}\n{records.document(values)}"), 16)


def _draw(row: ImportRow, found: Comparison, random: Random) -> None:
    """Keep a sample of fixed size of a stream whose length is not known (reservoir sampling)."""
    found.seen += 1
    sample = {"row": row.id, "sheet": row.sheet_id, "number": row.number, "entity": row.entity, "record": row.row_id}
    if len(found.samples) < SAMPLES:
        found.samples.append(sample)
    elif (place := random.randrange(found.seen)) < SAMPLES:
        found.samples[place] = sample
