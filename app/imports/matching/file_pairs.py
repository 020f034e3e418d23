"""The same person on two rows of a source: pairs that have a digest in common, in the order of the source.

Each row is compared with the first rows of its block only, so that the work grows with the rows however many share a
name or a first of January.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from itertools import groupby, islice
from typing import Any, NamedTuple

from sqlalchemy import and_, func, or_, select, tuple_, union
from sqlalchemy.orm import Session, aliased

from app.imports.matching.blocks import person_of
from app.imports.matching.models import ImportPerson
from app.imports.matching.rules import DIFFERENT, Likeness, Person, judge
from app.imports.matching.weighing import Earlier
from app.imports.models import ImportBatch, ImportRow

# How many of the first rows of a block a later one is compared with.
MOST = 20
_PAGE = 2000
_COLUMNS = ("code_digest", "who_digest", "kin_digest", "name_digest")
# Two codes that differ are two persons unless name and birth date are the same: such pairs share `who`.
_WITHOUT_CODE = frozenset({"kin_digest", "name_digest"})


class Pair(NamedTuple):
    """Two rows that are, or may be, one person; the first one is kept."""

    first_key: str
    later_key: str
    first_row: str
    later_row: str
    likeness: Likeness


def earlier_of(session: Session, batch: ImportBatch, keys: Collection[str]) -> dict[str, list[Earlier]]:
    """Give for rows of a page those that stand before them and may be the same person, the first one first. One statement."""
    later, earlier = aliased(ImportPerson), aliased(ImportPerson)
    found = union(*(_before(later, earlier, name, batch, keys) for name in _COLUMNS)).subquery()
    query = (
        select(found.c.later, ImportRow.key_digest, ImportRow.number, ImportRow.content).join(ImportRow, ImportRow.id == found.c.earlier)
        .where(found.c.place <= MOST, func.coalesce(ImportRow.outcome, "") != "SKIPPED").order_by(ImportRow.position, ImportRow.key_digest)
    )  # fmt: skip
    pairs: dict[str, dict[str, Earlier]] = {}
    for row in session.execute(query):
        pairs.setdefault(row.later, {})[row.key_digest] = Earlier(row.key_digest, row.number, json.loads(row.content))
    return {key: list(rows.values()) for key, rows in pairs.items()}


def _before(later: Any, earlier: Any, name: str, batch: ImportBatch, keys: Collection[str]) -> Any:
    column, other = getattr(earlier, name), getattr(later, name)
    # The first half is for the index of the block: SQLite would go through the keys for an alternative.
    is_before = and_(earlier.position <= later.position, tuple_(earlier.position, earlier.key_digest) < tuple_(later.position, later.key_digest))
    tells = [or_(earlier.code_digest.is_(None), later.code_digest.is_(None))] if name in _WITHOUT_CODE else []
    place = func.row_number().over(partition_by=later.id, order_by=(earlier.position, earlier.key_digest)).label("place")
    return (
        select(later.key_digest.label("later"), earlier.id.label("earlier"), place)
        .join(earlier, and_(earlier.batch_id == later.batch_id, column == other, earlier.key_digest != later.key_digest, is_before, *tells))
        .where(later.batch_id == batch.id, later.key_digest.in_(keys))
    )


def twice_in_file(session: Session, batch: ImportBatch) -> Iterator[Pair]:
    """Give every pair of rows that are or may be one person, a few at a time, whatever was decided of it."""
    seen: set[tuple[str, str]] = set()
    for name in _COLUMNS:
        candidates = _candidates(session, batch, name)
        while piece := list(islice(candidates, _PAGE)):
            fresh = [pair for pair in piece if (pair[0].id, pair[1].id) not in seen]
            found = list(_judged(session, fresh))
            # Only pairs that are told are remembered: they are few.
            seen.update((pair.first_row, pair.later_row) for pair in found)
            yield from found


def _candidates(session: Session, batch: ImportBatch, name: str) -> Iterator[tuple[Any, Any]]:
    """Give the pairs that one digest makes. Of each block only the first rows are held, so a block may be of any length."""
    for _block, members in groupby(_sharing(session, batch, name), key=lambda row: row.block):
        first: list[Any] = []
        codeless: list[Any] = []
        for row in members:
            with_code = name in _WITHOUT_CODE and row.code_digest
            yield from ((earlier, row) for earlier in (codeless if with_code else first) if earlier.key_digest != row.key_digest)
            if len(first) < MOST:
                first.append(row)
            if not row.code_digest and len(codeless) < MOST:
                codeless.append(row)


def _sharing(session: Session, batch: ImportBatch, name: str) -> Iterator[Any]:
    """Give the rows that share a digest, block after block, each in the order of the source."""
    column = getattr(ImportPerson, name)
    shared = select(column).where(ImportPerson.batch_id == batch.id, column.is_not(None)).group_by(column).having(func.count() > 1)
    query = select(ImportPerson.id, ImportPerson.position, ImportPerson.key_digest, ImportPerson.code_digest, column.label("block")).where(
        ImportPerson.batch_id == batch.id, column.in_(shared)
    )
    order = (column, ImportPerson.position, ImportPerson.key_digest, ImportPerson.id)
    last: Any = None
    while page := session.execute((query if last is None else query.where(tuple_(*order) > last)).order_by(*order).limit(_PAGE)).all():
        yield from page
        last = tuple_(page[-1].block, page[-1].position, page[-1].key_digest, page[-1].id)


def _judged(session: Session, pairs: list[tuple[Any, Any]]) -> Iterator[Pair]:
    """Judge pairs by what their rows hold."""
    persons: dict[str, Person] = {}
    wanted = iter(dict.fromkeys(row.id for pair in pairs for row in pair))
    while keys := list(islice(wanted, 500)):
        query = select(ImportRow.id, ImportRow.content).where(ImportRow.id.in_(keys), func.coalesce(ImportRow.outcome, "") != "SKIPPED")
        persons |= {row.id: person_of(json.loads(row.content)) for row in session.execute(query)}
    for earlier, later in pairs:
        if earlier.id in persons and later.id in persons:
            likeness = judge(persons[earlier.id], persons[later.id])
            if likeness.kind != DIFFERENT:
                yield Pair(earlier.key_digest, later.key_digest, earlier.id, later.id, likeness)
