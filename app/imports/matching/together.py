"""Two rows of one person are written in one transaction: their bundles become one before the rehearsal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.imports.matching.file_pairs import twice_in_file
from app.imports.matching.register import FILE
from app.imports.matching.rules import SURE
from app.imports.models import ImportBatch, ImportDecision, ImportRow


def bundle_persons(session: Session, batch: ImportBatch) -> None:
    """Put the rows of each person that stands twice for sure, or by a person's word, into the bundle of the first one; the caller commits.

    Done again it changes nothing. What has been parted since stays in one bundle, where each is a client of its own all the same.
    """
    joined = iter(list(_joined(session, batch)))
    while pairs := list(islice(joined, 200)):
        keys = {key for pair in pairs for key in pair}
        query = select(ImportRow.key_digest, ImportRow.bundle).where(
            ImportRow.batch_id == batch.id, ImportRow.entity == "client", ImportRow.key_digest.in_(keys), ImportRow.bundle.is_not(None)
        )
        bundle_of: dict[str, int] = {row.key_digest: row.bundle for row in session.execute(query)}
        for first, later in pairs:
            target, source = bundle_of.get(first), bundle_of.get(later)
            if target is None or source is None or target == source:
                continue
            session.execute(update(ImportRow).where(ImportRow.batch_id == batch.id, ImportRow.bundle == source).values(bundle=target).execution_options(synchronize_session=False))
            bundle_of = {key: target if bundle == source else bundle for key, bundle in bundle_of.items()}


def _joined(session: Session, batch: ImportBatch) -> Iterator[tuple[str, str]]:
    query = select(ImportDecision).where(ImportDecision.org_id == batch.org_id, ImportDecision.product == batch.product, ImportDecision.where == FILE)
    said = {frozenset({one.key_digest, one.other}): one.is_same for one in session.scalars(query)}
    for pair in twice_in_file(session, batch):
        if said.get(frozenset({pair.first_key, pair.later_key}), pair.likeness.kind == SURE):
            yield pair.first_key, pair.later_key
