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

# Rows that no figure of a municipality counts. The log comes with every page read, and what it holds of a day is whole when the day is over.
NOT_COUNTED = frozenset(
    {"audit_event", "job", "report_run", "report_fact", "report_sanity", "report_fill", "row_version", "import_decision", "import_mapping",
     "import_question", "import_certificate", "import_file", "import_link", "import_sheet", "import_finding", "import_row", "import_person",
     "import_undo_request", "add_on", "api_token"}
)  # fmt: skip
_Found = dict[str, list[tuple[str, str, int, int]]]


@cache
def counted_tables() -> tuple[tuple[Table, str], ...]:
    """Give every table whose rows may be counted for an organisation they name, with each column that names one."""
    tables = (table for table in Model.metadata.sorted_tables if table.name not in NOT_COUNTED)
    return tuple((table, column.name) for table in tables for column in table.columns if _names_an_organisation(column))


def _names_an_organisation(column: Any) -> bool:
    return any(key.target_fullname == "organisation.id" for key in column.foreign_keys)


def digests(session: Session, *org_ids: str) -> dict[str, str]:
    """Give the digest of the records of the organisations named, or of each that has any; one statement for each column that names one."""
    found: _Found = defaultdict(list)
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    for table, owner in counted_tables():
        where = table.c[owner].in_(org_ids) if org_ids else table.c[owner].is_not(None)
        for org, rows, total in (_by_server if on_postgresql else _by_hand)(session, table.c[owner], where):
            found[org].append((table.name, owner, rows, total))
    return {org: sha256(repr(sorted(parts)).encode()).hexdigest() for org, parts in found.items()}


def _by_server(session: Session, owner: Any, where: Any) -> Iterator[Any]:
    """Let the server hash each row whole; the sum does not depend on their order."""
    row_hash = func.hashtextextended(literal_column(f"{owner.table.name}::text"), 0)
    wanted = select(owner, func.count(), func.sum(cast(row_hash, Numeric))).where(where).group_by(owner)
    for org, rows, total in session.execute(wanted):
        yield org, rows, int(total)


def _by_hand(session: Session, owner: Any, where: Any) -> Iterator[Any]:
    """SQLite hashes nothing: read the rows as they are stored."""
    bare = select(owner, *(column(one.name) for one in owner.table.columns)).select_from(owner.table).where(where)
    sums: dict[str, list[int]] = {}
    for org, *values in session.execute(bare):
        one = sums.setdefault(org, [0, 0])
        one[0] += 1
        one[1] += zlib.crc32(repr(values).encode())
    for org, (rows, total) in sums.items():
        yield org, rows, total
