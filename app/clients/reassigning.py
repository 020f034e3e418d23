"""Giving clients to another worker, one or many, from any list whose rows are about clients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_appbuilder import action
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from app.clients.actions import give_client
from app.clients.models import Client
from app.db.base import db
from app.users.relations import WorkerRelation
from app.web.base_view import BaseView
from app.web.forms import Form
from app.web.relation import relation_field


class TakingWorker(WorkerRelation):
    """A worker who must be chosen."""

    is_required = True


class ReassignMixin(BaseView):
    """Needs `can_suggest` and the permission `reassign`; `clients_behind` gives the client of each row."""

    def __init__(self, **kwargs: Any) -> None:
        relation = TakingWorker()
        self.relations = {**self.relations, "to_worker": relation}
        field = relation_field(_l("Give to"), relation, self._suggestions, "to_worker")
        self.action_forms = {"reassign": type("ReassignForm", (Form,), {"to_worker": field})}
        super().__init__(**kwargs)

    def clients_behind(self, rows: Sequence[Any]) -> dict[str, Client]:
        """Give the clients of the rows by their keys; one statement."""
        keys = {row.id if isinstance(row, Client) else row.client_id for row in rows}
        return {client.id: client for client in db.session.scalars(select(Client).where(Client.id.in_(keys)))}

    @action("reassign", _l("Give to another worker"), multiple=True, single=False)
    def reassign(self, rows: Sequence[Any], to_worker: int) -> list[tuple[Any, str]]:
        """Make a worker responsible for the clients of the rows; each is a change of its own, so that one refused keeps no other back."""
        told: dict[str, str] = {}
        for key, client in self.clients_behind(rows).items():
            told[key] = self._given(client, to_worker)
        return [(row, told[row.id if isinstance(row, Client) else row.client_id]) for row in rows]

    def _given(self, client: Client, worker: int) -> str:
        if client.responsible_worker_id == worker:
            return _("Was this worker's already.")
        try:
            give_client(db.session, client, worker)
        except StaleDataError:
            return _("Somebody changed the client meanwhile. Not given; try again.")
        return _("Given.")
