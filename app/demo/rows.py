"""Rows on their way to the database: collected client by client, written table by table."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.db.base import Model
from app.demo.draw import Draw


class Batch:
    """Rows of many clients by model."""

    def __init__(self) -> None:
        self._rows: dict[type[Any], list[dict[str, Any]]] = {}

    def add(self, model: type[Any], values: dict[str, Any]) -> None:
        """Take a row."""
        self._rows.setdefault(model, []).append(values)

    def write(self, session: Session) -> None:
        """Write all rows, those that others point to first, and commit."""
        order = {table: place for place, table in enumerate(Model.metadata.sorted_tables)}
        for model in sorted(self._rows, key=lambda model: order[model.__table__]):
            session.add_all([model(**values) for values in self._rows[model]])
            session.flush()
        session.commit()
        session.expunge_all()
        self._rows.clear()


class ClientRows:
    """Puts the rows of one client into a batch and fills in what they have in common."""

    def __init__(self, batch: Batch, draw: Draw, client_id: str, org_id: str, worker_id: int | None) -> None:
        self._batch, self._draw, self.client_id = batch, draw, client_id
        self._moments: dict[date, datetime] = {}
        self._same = {"org_id": org_id, "created_by": worker_id, "changed_by": worker_id}

    def add(self, model: type[Any], on: date, **values: Any) -> str:
        """Add a row written on a day; gives its key."""
        key, moment = self._draw.key(), self._moment(on)
        self._batch.add(model, {"id": key, "client_id": self.client_id, "created_at": moment, "changed_at": moment, **self._same, **values})
        return key

    def _moment(self, on: date) -> datetime:
        """Give a moment of the day after those given before: rows keep the order they were written in."""
        moment = self._moments[on] + timedelta(seconds=40) if on in self._moments else self._draw.at(on)
        self._moments[on] = moment
        return moment

    def add_client(self, model: type[Any], on: date, values: dict[str, Any]) -> None:
        """Add the client itself."""
        moment = self._moment(on)
        self._batch.add(model, {**values, "id": self.client_id, "created_at": moment, "changed_at": moment, **self._same})

    def add_bare(self, model: type[Any], **values: Any) -> None:
        """Add a row that follows the client but keeps no record of its writing."""
        self._batch.add(model, {"id": self._draw.key(), "client_id": self.client_id, **values})
