"""The samples of a certificate as a person compares them: what the source said beside what stands here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.visibility import sight_of
from app.imports.certificate.comparing import both_sides
from app.imports.engine import records
from app.imports.engine.entities import by_key
from app.imports.models import ImportRow, ImportSheet
from app.web.display import shown


@dataclass(frozen=True)
class Pair:
    """A field on both sides, as a page shows it."""

    label: str
    said: str
    here: str
    is_same: bool


@dataclass(frozen=True)
class Sample:
    """A row that was drawn; without `pairs` its record is not here any more."""

    row: str
    sheet: str
    number: int
    entity: str
    agrees: bool | None
    pairs: tuple[Pair, ...]
    client_id: str | None = None


def samples_told(session: Session, document: dict[str, Any]) -> list[Sample]:
    """Give the samples with both sides, in the order of the source: two statements and one for each kind of record."""
    drawn = {sample["row"]: sample for sample in document["samples"]}
    query = select(ImportRow, ImportSheet.name).join(ImportSheet, ImportSheet.id == ImportRow.sheet_id).where(ImportRow.id.in_(drawn)).order_by(ImportRow.position)
    rows = session.execute(query).all()
    items: dict[tuple[str, str], Any] = {}
    for entity in {row.entity for row, _sheet in rows}:
        model = by_key()[entity].model
        keys = [row.row_id for row, _sheet in rows if row.entity == entity]
        items |= {(entity, item.id): item for item in session.scalars(select(model).where(model.id.in_(keys)))}
    return [_sample(row, sheet, items.get((row.entity, str(row.row_id))), drawn[row.id]["agrees"]) for row, sheet in rows]


def _sample(row: ImportRow, sheet: str, item: Any, agrees: bool | None) -> Sample:
    entity = by_key()[row.entity]
    if item is None:
        return Sample(row.id, sheet, row.number, str(entity.singular), agrees, ())
    said, here = both_sides(entity, records.read(entity, row.content), item)
    pairs = tuple(_pair(entity.field(name).label, item, name, said[name], is_same=said[name] == here[name]) for name in said)
    return Sample(row.id, sheet, row.number, str(entity.singular), agrees, pairs, str(getattr(item, type(item).scope_key().key)))


def _pair(label: Any, item: Any, name: str, said: Any, *, is_same: bool) -> Pair:
    """What the reader may not see of the record is not shown of the source either."""
    text = shown(item, name)
    if is_same or not sight_of(item, name).is_whole:
        return Pair(str(label), text, text, is_same)
    return Pair(str(label), _as_shown(item, name, said), text, is_same)


def _as_shown(item: Any, name: str, value: Any) -> str:
    """Show another value as the record's own is shown, without touching the record."""
    stand_in = type(item)(**{name: value})
    return shown(stand_in, name)
