"""What must never be between records: that one of a client points at one of another client."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Select, select, union_all

from app.clients.models import Client
from app.db.base import Model
from app.reports.quality.check import Check


def references() -> list[ForeignKey]:
    """Give the keys that lead from a table of clients' records to another such; they are read from the models, so that a new table's come along."""
    keys = (key for table in Model.metadata.sorted_tables if "client_id" in table.c for key in table.foreign_keys)
    return sorted((key for key in keys if "client_id" in key.column.table.c), key=lambda key: (key.parent.table.name, key.parent.name))


def _broken(key: ForeignKey) -> Select[Any]:
    row, other = key.parent.table, key.column.table.alias()
    # Whose it is, is asked of the client: not every such table holds the organisation.
    joined = row.join(other, other.c[key.column.name] == key.parent).join(Client.__table__, Client.id == row.c.client_id)
    return select(Client.org_id).select_from(joined).where(row.c.client_id != other.c.client_id)


def _all_broken() -> Select[Any]:
    found = union_all(*map(_broken, references())).subquery()
    return select(found.c.org_id)


CHECKS = (
    Check(key="record_of_another_client", owner="SYSTEM_MAINTAINER", fi="Merkintä viittaa toisen asiakkaan merkintään.", sv="Anteckningen hänvisar till en annan kunds anteckning.",
          rows=lambda today: _all_broken()),
)  # fmt: skip
