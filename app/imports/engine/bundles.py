"""Which rows belong to one client: they are one bundle, written in one transaction, so that a move stops between clients and never within one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from app.imports.engine.entities import CLIENT, by_key
from app.imports.engine.findings import of_row
from app.imports.mapping.findings import Finding, tier_of
from app.imports.models import ImportBatch, ImportLink, ImportRow
from app.imports.specification.catalogue import SOURCE_KEY

# Both databases know this form; a numbering by one statement a client would take minutes.
_NUMBER = text("""UPDATE import_row SET bundle = o.number FROM (
        SELECT g.client_digest, row_number() OVER (ORDER BY g.first) AS number FROM (
            SELECT client_digest, min(position) AS first FROM import_row
            WHERE batch_id = :batch AND client_digest IS NOT NULL AND outcome IS NULL GROUP BY client_digest) g) o
    WHERE import_row.batch_id = :batch AND import_row.outcome IS NULL AND import_row.client_digest = o.client_digest""")


def bundle_up(session: Session, batch: ImportBatch, today: date) -> None:
    """Find what stands twice, whose each row is, and number the clients in the order of the source."""
    _twice(session, batch, today)
    _owners(session, batch)
    session.execute(_NUMBER, {"batch": batch.id})
    batch.places = session.scalar(select(func.max(ImportRow.bundle)).where(ImportRow.batch_id == batch.id)) or 0
    _without_client(session, batch, today)


def _twice(session: Session, batch: ImportBatch, today: date) -> None:
    """Stop the rows of a key that stands more than once; rows that say the very same are one row."""
    of_batch = (ImportRow.batch_id == batch.id, ImportRow.outcome.is_(None))
    keys = select(ImportRow.entity, ImportRow.key_digest).where(*of_batch).group_by(ImportRow.entity, ImportRow.key_digest).having(func.count() > 1).subquery()
    rows = session.scalars(
        select(ImportRow).join(keys, (keys.c.entity == ImportRow.entity) & (keys.c.key_digest == ImportRow.key_digest)).where(*of_batch)
        .order_by(ImportRow.entity, ImportRow.key_digest, ImportRow.position)
    ).all()  # fmt: skip
    for _key, same in groupby(rows, key=lambda row: (row.entity, row.key_digest)):
        found = list(same)
        if len({row.content_digest for row in found}) == 1:
            for row in found[1:]:
                row.outcome = "SKIPPED"
                session.add(of_row("MAP", row, Finding(tier_of("SAME_ROW", today), "SAME_ROW", SOURCE_KEY)))
        else:
            for row in found:
                row.is_stopped = True
                session.add(of_row("MAP", row, Finding(tier_of("SOURCE_KEY_TWICE", today), "SOURCE_KEY_TWICE", SOURCE_KEY)))
    session.flush()


def _owners(session: Session, batch: ImportBatch) -> None:
    """Give each row its client: a client row itself, the others what their parent has, in the file or from an earlier batch."""
    row, link = ImportRow.__table__, ImportLink.__table__
    parent, of_parent, of_client = row.alias("p"), link.alias("lp"), link.alias("lc")
    mine = (row.c.batch_id == batch.id,)
    session.execute(update(row).where(*mine, row.c.entity == CLIENT).values(client_digest=row.c.key_digest))
    for entity in by_key().values():
        if not entity.parents:
            continue
        other = entity.parents[0][1]
        in_file = select(parent.c.client_digest).where(parent.c.batch_id == batch.id, parent.c.entity == other, parent.c.key_digest == row.c.parent_digest).limit(1)
        came = (
            select(of_client.c.key_digest).select_from(of_parent.join(of_client, of_client.c.row_id == of_parent.c.client_id))
            .where(of_parent.c.org_id == batch.org_id, of_parent.c.product == batch.product, of_parent.c.entity == other, of_parent.c.key_digest == row.c.parent_digest,
                   of_client.c.org_id == batch.org_id, of_client.c.product == batch.product, of_client.c.entity == CLIENT).limit(1)
        )  # fmt: skip
        owner = func.coalesce(in_file.scalar_subquery(), came.scalar_subquery())
        session.execute(update(row).where(*mine, row.c.entity == entity.key).values(client_digest=owner))


def _without_client(session: Session, batch: ImportBatch, today: date) -> None:
    """Stop the rows whose parent is neither in the source nor here."""
    lost = select(ImportRow).where(ImportRow.batch_id == batch.id, ImportRow.client_digest.is_(None), ImportRow.outcome.is_(None))
    for row in session.scalars(lost.order_by(ImportRow.position)).all():
        if row.parent_digest is not None:
            entity = by_key()[row.entity]
            session.add(of_row("MAP", row, Finding(tier_of("UNKNOWN_PARENT", today), "UNKNOWN_PARENT", entity.parents[0][0])))
        row.is_stopped, row.outcome = True, "STOPPED"


def bundles_after(session: Session, batch: ImportBatch, place: int, most: int) -> Iterator[tuple[int, list[ImportRow]]]:
    """Give the next bundles with their rows in the order of writing."""
    query = select(ImportRow).where(ImportRow.batch_id == batch.id, ImportRow.bundle > place, ImportRow.bundle <= place + most)
    rows = session.scalars(query.order_by(ImportRow.bundle, ImportRow.depth, ImportRow.position)).all()
    for number, found in groupby(rows, key=lambda row: row.bundle):
        yield int(number or 0), list(found)
