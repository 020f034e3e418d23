"""What is due: reviews of plans, plans that end, plans that were promised, reminders, and the law's time limits. Late ones stay until they are done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from app.assessments.models import Assessment
from app.clients.models import Client
from app.clients.reminders import ClientReminder
from app.obligations.models import ClientObligation
from app.obligations.queries import queue, read_queue
from app.plans.models import IntegrationPlan
from app.plans.rules import IN_FORCE

AHEAD = timedelta(days=30)
TEXTS = {
    "REVIEW": _l("Review of the integration plan"),
    "PLAN_ENDS": _l("Integration plan ends"),
    "PLAN_PROMISED": _l("Integration plan to be drawn up"),
    "REMINDER": _l("Reminder"),
}


# What is due by an agreed day → the rule of the law that says the same by a later one.
COVERED = {"REVIEW": "R07", "PLAN_PROMISED": "R04"}
# The day of a plan that was promised is that of the stored limit, as the work queue tells it; the promise has a day of its own only where no limit is open.
_PLAN_DUE_ON = (
    select(func.min(ClientObligation.due_on))
    .where(ClientObligation.client_id == Client.id, ClientObligation.rule == COVERED["PLAN_PROMISED"], ClientObligation.in_queue)
    .correlate(Client).scalar_subquery()
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, order=True)
class Due:
    """One thing to be done for a client by a day; `endpoint` and `row_id` tell where.

    `limit` is the law's time limit behind it; of a thing without an agreed day it is the thing itself.
    """

    on: date
    kind: str
    client_id: str
    client_name: str
    endpoint: str
    row_id: str
    limit: ClientObligation | None = field(default=None, compare=False)

    @property
    def text(self) -> str:
        return self.limit.what if self.limit and self.kind == "LIMIT" else str(TEXTS[self.kind])

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


_NAMES: tuple[Any, ...] = (Client.id, Client.family_name, Client.given_names)


def _of_plan(plan_id: str, status: str, review: date, ends: date, *client: str) -> Iterator[Due]:
    """Give what one plan has a day for."""
    client_id, family, given = client
    same: dict[str, Any] = {"client_id": client_id, "client_name": f"{family}, {given}", "endpoint": "PlanView.show", "row_id": plan_id}
    if status in IN_FORCE:
        if review < ends:
            yield Due(on=review, kind="REVIEW", **same)
        yield Due(on=ends, kind="PLAN_ENDS", **same)


def _of_plans(session: Session, until: date, limit: int, *conditions: Any) -> list[Due]:
    """Give the reviews and ends of plans, by one statement: each plan stands at the first of its days."""
    first = case((AWAITS_REVIEW, IntegrationPlan.planned_review_date), else_=IntegrationPlan.valid_to)
    columns: tuple[Any, ...] = (IntegrationPlan.id, IntegrationPlan.status, IntegrationPlan.planned_review_date, IntegrationPlan.valid_to, *_NAMES)
    found = select(*columns).join(Client, Client.id == IntegrationPlan.client_id).where(IntegrationPlan.status.in_(IN_FORCE), first <= until, *conditions)
    return [due for row in session.execute(found.order_by(first, IntegrationPlan.id).limit(limit)) for due in _of_plan(*row) if due.on <= until]


def _promised(until: date) -> tuple[str, Select[Any]]:
    day = func.coalesce(_PLAN_DUE_ON, Assessment.plan_planned_on)
    found = (
        select(day, *_NAMES).join(Client, Client.id == Assessment.client_id)
        .where(Client.status == "PLAN_DRAFTING", Assessment.outcome == "PLAN", Assessment.plan_planned_on.is_not(None), day <= until)
        .order_by(day, Assessment.id)
    )  # fmt: skip
    return "PLAN_PROMISED", found


def _reminders(until: date) -> tuple[str, Select[Any]]:
    found = select(ClientReminder.due_on, *_NAMES).join(Client, Client.id == ClientReminder.client_id)
    # One of a record that was joined to another may stay with it.
    return "REMINDER", found.where(ClientReminder.due_on <= until, Client.merged_into_id.is_(None)).order_by(ClientReminder.due_on, Client.id)


def _of_clients(session: Session, sources: Iterable[tuple[str, Select[Any]]], limit: int, *conditions: Any) -> list[Due]:
    return [
        Due(on=on, kind=kind, client_id=client_id, client_name=f"{family}, {given}", endpoint="ClientView.show", row_id=client_id)
        for kind, statement in sources
        for on, client_id, family, given in session.execute(statement.where(*conditions).limit(limit))
    ]


def _with_limits(found: list[Due], limits: list[ClientObligation]) -> list[Due]:
    """Join what is due by agreement with the law's limits: one that an agreed day covers is told with it, the others stand by themselves."""
    left: dict[tuple[str, str], list[ClientObligation]] = {}
    for one in limits:
        left.setdefault((one.client_id, one.rule), []).append(one)
    joined = []
    # Two promises of a plan have one limit, and so one day.
    for due in dict.fromkeys(sorted(found)):
        open_limits = left.get((due.client_id, COVERED.get(due.kind, "")), [])
        covered = next((one for one in open_limits if due.on <= one.due_on), None)
        if covered:
            open_limits.remove(covered)
        joined.append(replace(due, limit=covered))
    return sorted([*joined, *(_of_limit(one) for rest in left.values() for one in rest)])


def _of_limit(row: ClientObligation) -> Due:
    return Due(on=row.due_on, kind="LIMIT", client_id=row.client_id, client_name=row.client_name, endpoint="ObligationView.show", row_id=row.id, limit=row)


def due_for_worker(session: Session, user_id: int | None, today: date, limit: int, *, reminders: bool) -> list[Due]:
    """Give what is late or due within `AHEAD` for a worker's own clients, or for everybody's when `user_id` is None.

    `reminders` tells whether the reader may see those on the clients.
    """
    conditions = [] if user_id is None else [Client.responsible_worker_id == user_id]
    until = today + AHEAD
    sources = [_promised(until), *([_reminders(until)] if reminders else [])]
    found = [*_of_plans(session, until, limit, *conditions), *_of_clients(session, sources, limit, *conditions)]
    limits = read_queue(session, queue(worker_id=user_id, today=today, until=until), limit)
    return _with_limits(found, limits)[:limit]


def due_for_client(session: Session, client: Client, plans: Iterable[IntegrationPlan], assessments: Iterable[Assessment]) -> list[Due]:
    """Give everything that has a day for one client, however far, but the reminder: it stands at the top of the same page."""
    name = (client.id, client.family_name, client.given_names)
    found = [due for plan in plans for due in _of_plan(plan.id, plan.status, plan.planned_review_date, plan.valid_to, *name)]
    limits = read_queue(session, queue(today=date.today(), only=[ClientObligation.client_id == client.id]), 10)
    if client.status == "PLAN_DRAFTING":
        by_law = [row.due_on for row in limits if row.rule == COVERED["PLAN_PROMISED"]][:1]
        days = [by_law[0] if by_law else row.plan_planned_on for row in assessments if row.outcome == "PLAN" and row.plan_planned_on]
        found += [Due(on=on, kind="PLAN_PROMISED", client_id=client.id, client_name=client.name, endpoint="ClientView.show", row_id=client.id) for on in days]
    return _with_limits(found, limits)
