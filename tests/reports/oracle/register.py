"""The whole register as plain rows, and what an independent calculation gives: no SQL but one SELECT of each table whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.base import Model
from app.reports.periods import Period

Row = dict[str, Any]


class Register:
    """Every row of every table asked for, read once; `of` gives those of one client."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._tables: dict[str, list[Row]] = {}
        self._of_client: dict[str, dict[str, list[Row]]] = {}

    def rows(self, table: str) -> list[Row]:
        if table not in self._tables:
            self._tables[table] = [dict(row._mapping) for row in self._session.execute(select(Model.metadata.tables[table]))]
        return self._tables[table]

    def of(self, table: str, client_id: str) -> list[Row]:
        if table not in self._of_client:
            made: dict[str, list[Row]] = defaultdict(list)
            for row in self.rows(table):
                made[row["client_id"]].append(row)
            self._of_client[table] = made
        return self._of_client[table].get(client_id, [])


@dataclass(frozen=True)
class Seen:
    """One thing counted by the independent calculation; `values` holds every breakdown by its key.

    `only` names the breakdowns it is counted in, "" being the whole; None: all.
    """

    organisation_id: str
    values: dict[str, str] = field(default_factory=dict)
    numerator: int = 1
    denominator: int = 0
    amount: int | None = None
    only: tuple[str, ...] | None = None


# Goes through the whole register: period, and the day the situation is of.
Oracle = Callable[[Register, Period, date], Iterable[Seen]]
