"""What a municipality's facts rest on, as one short text that changes when any of its records does."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Numeric, Table, cast, column, func, literal_column, select
from sqlalchemy.orm import Session

from app.db.base import Model

# Rows that no figure of a municipality counts, or that come with every page read and cannot change afterwards.
NOT_COUNTED = frozenset(
    {"audit_event", "job", "report_run", "report_fact", "report_sanity", "report_fill", "row_version", "interview_section", "note",
     "import_decision", "import_mapping", "import_question", "import_change", "import_certificate", "import_file", "import_link",
     "import_sheet", "import_finding", "import_row", "import_person", "import_undo_request"}
)  # fmt: skip
_OWNERS = ("org_id", "organisation_id")
_Found = dict[str, list[tuple[str, int, int]]]


@cache
def counted_tables() -> tuple[tuple[Table, str], ...]:
    """Give every table whose rows are of an organisation and may be counted, with the column that names the organisation."""
    owned = ((table, next((name for name in _OWNERS if name in table.c), None)) for table in Model.metadata.sorted_tables)
    return tuple((table, owner) for table, owner in owned if owner and table.name not in NOT_COUNTED)


def digests(session: Session, org_id: str | None = None) -> dict[str, str]:
    """Give the digest of the records of one organisation, or of each that has any; one statement a table, each row read once."""
    found: _Found = defaultdict(list)
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    for table, owner in counted_tables():
        for org, rows, total in (_by_server if on_postgresql else _by_hand)(session, table, owner, org_id):
            found[org].append((table.name, rows, total))
    return {org: sha256(repr(sorted(parts)).encode()).hexdigest() for org, parts in found.items()}


def _by_server(session: Session, table: Table, owner: str, org_id: str | None) -> Iterator[Any]:
    """Let the server hash each row whole; the sum does not depend on their order."""
    row_hash = func.hashtextextended(literal_column(f"{table.name}::text"), 0)
    wanted = select(table.c[owner], func.count(), func.sum(cast(row_hash, Numeric))).group_by(table.c[owner])
    for org, rows, total in session.execute(wanted if org_id is None else wanted.where(table.c[owner] == org_id)):
        yield org, rows, int(total)


def _by_hand(session: Session, table: Table, owner: str, org_id: str | None) -> Iterator[Any]:
    """SQLite hashes nothing: read the rows as they are stored."""
    bare = select(table.c[owner], *(column(one.name) for one in table.columns)).select_from(table)
    sums: dict[str, list[int]] = {}
    for org, *values in session.execute(bare if org_id is None else bare.where(table.c[owner] == org_id)):
        one = sums.setdefault(org, [0, 0])
        one[0] += 1
        one[1] += zlib.crc32(repr(values).encode())
    for org, (rows, total) in sums.items():
        yield org, rows, total
