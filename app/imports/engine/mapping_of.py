"""Which entity a sheet holds and how its columns become fields: suggested, decided, kept for the next time."""

from __future__ import annotations

import json
from functools import cache

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.imports.engine.entities import by_key
from app.imports.mapping.mapping import Mapping
from app.imports.mapping.suggest import EntityGuess, mapping_of, suggest_entity
from app.imports.mapping.vocabulary import Vocabulary, vocabulary_of
from app.imports.models import OPEN, REHEARSED, ImportBatch, ImportMapping, ImportSheet, json_list
from app.imports.specification.version import version

# A sheet whose likeliest entity scores less is left to a person.
LEAST = 0.5


@cache
def vocabulary() -> Vocabulary:
    """Give the words by which headings are known."""
    return vocabulary_of(tuple(by_key().values()))


def kept_for(session: Session, org_id: str, product: str, entity: str | None = None) -> list[ImportMapping]:
    """Give the mappings of a product that an organisation may take: its own and those others share, the newest of each first."""
    query = select(ImportMapping).where(ImportMapping.product == product, or_(ImportMapping.org_id == org_id, ImportMapping.is_shared))
    if entity:
        query = query.where(ImportMapping.entity == entity)
    return list(session.scalars(query.order_by((ImportMapping.org_id == org_id).desc(), ImportMapping.number.desc(), ImportMapping.id)))


def guesses_for(session: Session, batch: ImportBatch, sheet: ImportSheet, samples: dict[str, list[object]]) -> tuple[EntityGuess, ...]:
    """Give the likely entities of a sheet, from its headings, some values and the mappings kept of the product."""
    earlier = [Mapping.from_json(kept.content) for kept in kept_for(session, batch.org_id, batch.product)]
    return suggest_entity(json_list(sheet.columns), samples, vocabulary(), sheet=sheet.name, earlier=earlier)


def suggest_for(session: Session, batch: ImportBatch, sheet: ImportSheet, samples: dict[str, list[object]]) -> None:
    """Give a sheet the likeliest mapping, none when nothing is likely enough."""
    guesses = guesses_for(session, batch, sheet, samples)
    if guesses and guesses[0].score >= LEAST:
        map_sheet(session, sheet, mapping_of(guesses[0], specification=version(), product=batch.product))


def map_sheet(session: Session, sheet: ImportSheet, mapping: Mapping, kept: ImportMapping | None = None) -> None:
    """Decide what the columns of a sheet become."""
    sheet.entity, sheet.mapping, sheet.reason = mapping.entity, mapping.to_json(), None
    sheet.mapping_id = kept.id if kept else None
    lay_anew(session, sheet.batch_id)


def leave_out(session: Session, sheet: ImportSheet, reason: str) -> None:
    """Decide that a sheet is not brought. The reason is told in the certificate."""
    sheet.entity, sheet.mapping, sheet.mapping_id, sheet.reason = None, None, None, reason
    lay_anew(session, sheet.batch_id)


def lay_anew(session: Session, batch_id: str) -> None:
    """Say that the rows of a batch must be laid down and rehearsed again, since a file or a mapping is another now."""
    batch = session.get_one(ImportBatch, batch_id)
    batch.staged_at, batch.is_confirmed = None, False
    if batch.status == REHEARSED:
        batch.status = OPEN
    session.flush()


def keep_mapping(session: Session, batch: ImportBatch, sheet: ImportSheet, *, is_shared: bool = False) -> ImportMapping:
    """Keep a sheet's mapping for the product: the newest kept one when it is the same, else the next number."""
    assert sheet.entity and sheet.mapping  # noqa: S101
    own = (ImportMapping.org_id == batch.org_id, ImportMapping.product == batch.product, ImportMapping.entity == sheet.entity)
    newest = session.scalars(select(ImportMapping).where(*own).order_by(ImportMapping.number.desc()).limit(1)).first()
    if newest is not None and _content(newest.content) == _content(sheet.mapping):
        newest.is_shared = newest.is_shared or is_shared
        sheet.mapping_id = newest.id
        return newest
    number = newest.number + 1 if newest is not None else 1
    kept = ImportMapping(org_id=batch.org_id, product=batch.product, entity=sheet.entity, number=number, content=sheet.mapping, is_shared=is_shared)
    session.add(kept)
    session.flush()
    sheet.mapping_id = kept.id
    return kept


def _content(text: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(text)
    return {name: value for name, value in found.items() if name not in ("specification", "version")}
