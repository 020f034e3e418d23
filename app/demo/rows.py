"""Rows on their way to the database: collected client by client, written table by table."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from app.access.actor import current_scope
from app.access.wall import ForeignRowError
from app.clients.models import Client
from app.db.base import Model
from app.demo.draw import Draw
from app.obligations.actions import refresh


class Batch:
    """Rows of many clients by model; goes past the unit of work, so only the system may write one."""

    def __init__(self) -> None:
        self._rows: dict[Any, list[dict[str, Any]]] = {}

    def add(self, model: Any, values: dict[str, Any]) -> None:
        """Take a row. Raises TypeError for a column the model does not have."""
        row = {**_blank(model), **values}
        if len(row) != len(_blank(model)):
            raise TypeError(f"{model.__name__} has no column {sorted(row.keys() - _blank(model).keys())}")
        self._rows.setdefault(model, []).append(row)

    def take(self, other: Batch) -> None:
        """Take all rows of another batch."""
        for model, rows in other._rows.items():
            self._rows.setdefault(model, []).extend(rows)

    def write(self, session: Session, on: date) -> None:
        """Do as `put`, and commit."""
        self.put(session, on)
        session.commit()

    def put(self, session: Session, on: date) -> None:
        """Write all rows, one statement a table, those that others point to first, with the obligations of a day; the caller commits.

        The guard of foreign rows stands before a flush and sees none of this, hence the scope is asked for here.
        """
        if not current_scope().is_system:
            raise ForeignRowError("rows in bulk are for the system alone")
        clients: list[str] = []
        for table in Model.metadata.sorted_tables:
            for model in [model for model in self._rows if model.__table__ is table]:
                rows = self._rows.pop(model)
                session.execute(insert(table), rows)
                clients = [row["id"] for row in rows] if model is Client else clients
        refresh(session, clients, on, is_told=False)


@cache
def _blank(model: Any) -> dict[str, Any]:
    """Give a row of nothing but constant defaults: in bulk, all rows of a table name the same columns."""
    defaults = {column.key: column.default for column in model.__table__.columns}
    return {key: default.arg if isinstance(default, ScalarElementColumnDefault) else None for key, default in defaults.items()}


class ClientRows:
    """Puts the rows of one client into a batch and fills in what they have in common."""

    def __init__(self, batch: Batch, draw: Draw, client_id: str, org_id: str, worker_id: int | None) -> None:
        self._batch, self._draw, self.client_id = batch, draw, client_id
        self._moments: dict[date, datetime] = {}
        self._same = {"org_id": org_id, "created_by": worker_id, "changed_by": worker_id}

    def add(self, model: Any, on: date, **values: Any) -> str:
        """Add a row written on a day; gives its key."""
        key, moment = self._draw.key(), self._moment(on)
        self._batch.add(model, {"id": key, "client_id": self.client_id, "created_at": moment, "changed_at": moment, **self._same, **values})
        return key

    def _moment(self, on: date) -> datetime:
        """Give a moment of the day after those given before: rows keep the order they were written in."""
        moment = self._moments[on] + timedelta(seconds=40) if on in self._moments else self._draw.at(on)
        self._moments[on] = moment
        return moment

    def add_client(self, model: Any, on: date, values: dict[str, Any]) -> None:
        """Add the client itself."""
        moment = self._moment(on)
        self._batch.add(model, {**values, "id": self.client_id, "created_at": moment, "changed_at": moment, **self._same})

    def add_bare(self, model: Any, **values: Any) -> None:
        """Add a row that follows the client but keeps no record of its writing."""
        self._batch.add(model, {"id": self._draw.key(), "client_id": self.client_id, **values})
