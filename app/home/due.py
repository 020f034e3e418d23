"""What is due: reviews of plans, plans that end, plans that were promised, reminders. Late ones stay until they are done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.assessments.models import Assessment
from app.clients.models import Client
from app.clients.reminders import ClientReminder
from app.plans.models import IntegrationPlan
from app.plans.rules import IN_FORCE

AHEAD = timedelta(days=30)
TEXTS = {
    "REVIEW": _l("Review of the integration plan"),
    "PLAN_ENDS": _l("Integration plan ends"),
    "PLAN_PROMISED": _l("Integration plan to be drawn up"),
    "REMINDER": _l("Reminder"),
}


@dataclass(frozen=True, kw_only=True, order=True)
class Due:
    """One thing to be done for a client by a day; `endpoint` and `row_id` tell where."""

    on: date
    kind: str
    client_id: str
    client_name: str
    endpoint: str
    row_id: str

    def is_late(self, today: date) -> bool:
        return self.on < today

    def address(self, may: Callable[[str, str], bool]) -> str:
        """Give where the thing is done by one who `may`, else where it can be seen."""
        if self.kind == "REVIEW" and may("can_add", "PlanReviewView"):
            return url_for("PlanReviewView.add", plan=self.row_id)
        return url_for(self.endpoint, pk=self.row_id)


# A plan's last review can be planned for the day it ends, and the end has a row of its own.
AWAITS_REVIEW = IntegrationPlan.status.in_(IN_FORCE) & (IntegrationPlan.planned_review_date < IntegrationPlan.valid_to)


def awaits_review(plan: IntegrationPlan) -> bool:
    """Tell of one plan what `AWAITS_REVIEW` asks of many."""
    return plan.status in IN_FORCE and plan.planned_review_date < plan.valid_to


def _statements(until: date) -> list[tuple[str, str, Select[Any]]]:
    """Give (kind, endpoint, statement of day, row, client and names) for each source of due days."""
    name = (Client.id, Client.family_name, Client.given_names)

    def plans(day: Any, condition: Any) -> Select[Any]:
        found = select(day, IntegrationPlan.id, *name).join(Client, Client.id == IntegrationPlan.client_id)
        return found.where(condition, day <= until).order_by(day, IntegrationPlan.id)

    promised = (
        select(Assessment.plan_planned_on, Client.id, *name).join(Client, Client.id == Assessment.client_id)
        .where(Client.status == "PLAN_DRAFTING", Assessment.outcome == "PLAN", Assessment.plan_planned_on <= until)
        .order_by(Assessment.plan_planned_on, Assessment.id)
    )  # fmt: skip
    return [
        ("REVIEW", "PlanView.show", plans(IntegrationPlan.planned_review_date, AWAITS_REVIEW)),
        ("PLAN_ENDS", "PlanView.show", plans(IntegrationPlan.valid_to, IntegrationPlan.status.in_(IN_FORCE))),
        ("PLAN_PROMISED", "ClientView.show", promised),
    ]


def _reminders(until: date) -> tuple[str, str, Select[Any]]:
    columns: tuple[Any, ...] = (ClientReminder.due_on, Client.id, Client.id, Client.family_name, Client.given_names)
    found = select(*columns).join(Client, Client.id == ClientReminder.client_id)
    return "REMINDER", "ClientView.show", found.where(ClientReminder.due_on <= until).order_by(ClientReminder.due_on, Client.id)


def _read(session: Session, until: date, limit: int, *conditions: Any, reminders: bool = False) -> list[Due]:
    return _of_clients(session, [*_statements(until), *([_reminders(until)] if reminders else [])], limit, *conditions)


def _of_clients(session: Session, statements: Iterable[tuple[str, str, Select[Any]]], limit: int, *conditions: Any) -> list[Due]:
    found = []
    for kind, endpoint, statement in statements:
        for on, row_id, client_id, family, given in session.execute(statement.where(*conditions).limit(limit)):
            found.append(Due(on=on, kind=kind, client_id=client_id, client_name=f"{family}, {given}", endpoint=endpoint, row_id=row_id))
    return sorted(found)[:limit]


def due_for_worker(session: Session, user_id: int | None, today: date, limit: int, *, reminders: bool) -> list[Due]:
    """Give what is late or due within `AHEAD` for a worker's own clients, or for everybody's when `user_id` is None.

    `reminders` tells whether the reader may see those on the clients.
    """
    conditions = [] if user_id is None else [Client.responsible_worker_id == user_id]
    return _read(session, today + AHEAD, limit, *conditions, reminders=reminders)


def due_for_client(session: Session, client: Client, plans: Iterable[IntegrationPlan]) -> list[Due]:
    """Give everything that has a day for one client, however far, but the reminder: it stands at the top of the same page.

    `plans` are all of the client's, which the page has read already.
    """
    found = _of_clients(session, _statements(date.max)[2:], 10, Client.id == client.id)
    for plan in plans:
        where = {"client_id": client.id, "client_name": client.name, "endpoint": "PlanView.show", "row_id": plan.id}
        if awaits_review(plan):
            found.append(Due(on=plan.planned_review_date, kind="REVIEW", **where))
        if plan.status in IN_FORCE:
            found.append(Due(on=plan.valid_to, kind="PLAN_ENDS", **where))
    return sorted(found)[:10]
