"""How many rows have something in each field, organisation by organisation: what nobody fills is of no use, or is asked in the wrong place."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Table, delete, func, insert, select
from sqlalchemy.orm import Session

from app.access.membership import ClientScoped
from app.db.base import Model
from app.reports.models import ReportFill


@cache
def _tables() -> tuple[tuple[Table, tuple[Any, ...]], ...]:
    """Give the tables of clients, each with its fields that may be empty; keys and what the system itself fills are none."""
    tables = [
        mapper.local_table
        for mapper in Model.registry.mappers
        if issubclass(mapper.class_, ClientScoped) and "org_id" in mapper.local_table.c
    ]
    found = {
        table.name: (table, tuple(column for column in table.columns if _may_be_empty(column)))
        for table in tables
        if isinstance(table, Table)
    }
    return tuple(pair for _name, pair in sorted(found.items()) if pair[1])


def _may_be_empty(column: Any) -> bool:
    return column.nullable and not column.foreign_keys and column.info.get("category", "own") != "own"


def count_fills(session: Session) -> int:
    """Count anew in place of what was counted before; gives the number of fields. One statement a table; commits nothing."""
    session.execute(delete(ReportFill))
    fields = 0
    for table, columns in _tables():
        fields += len(columns)
        wanted = select(table.c.org_id, func.count(), *(func.count(column) for column in columns)).group_by(table.c.org_id)
        rows = [
            {"organisation_id": org, "field": f"{table.name}.{column.name}", "filled": filled, "rows": total}
            for org, total, *counts in session.execute(wanted)
            for column, filled in zip(columns, counts, strict=True)
        ]
        if rows:
            session.execute(insert(ReportFill), rows)
    return fields


def never_filled(session: Session, organisation_id: str, *, least_rows: int = 20) -> list[ReportFill]:
    """Give the fields that an organisation never fills, of tables with at least so many rows, those with most rows first."""
    wanted = select(ReportFill).where(ReportFill.organisation_id == organisation_id, ReportFill.filled == 0, ReportFill.rows >= least_rows)
    return list(session.scalars(wanted.order_by(ReportFill.rows.desc(), ReportFill.field)))


def is_counted(session: Session, organisation_id: str) -> bool:
    """Tell whether a night has gone through records of the organisation."""
    return session.scalar(select(ReportFill.field).where(ReportFill.organisation_id == organisation_id).limit(1)) is not None
