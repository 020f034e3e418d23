"""The work itself: load, tasks and what waits to be deleted, I90, I91 and I94."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import repeat

from sqlalchemy import ColumnElement, func, or_, select

from app.clients.models import Client
from app.deadlines.counting import due_after
from app.obligations.models import ClientObligation
from app.reports.computing.question import Question
from app.reports.conditions import is_client
from app.reports.observation import Observation
from app.retention.models import ClientDeletion

LOAD, RULE, DUE, RETENTION = "WORK_LOAD", "RULE", "DUE_IN", "RETENTION"
_SOON = timedelta(days=30)
# The last day of each step from the day asked of → its value.
_STEPS = ((7, "7"), (30, "30"), (90, "90"))


def open_clients(asked: Question) -> ColumnElement[bool]:
    """Give the condition of a relationship with one of the municipalities that is open on the day."""
    return asked.is_own(Client.org_id) & is_client(asked.day)


def _queue(asked: Question) -> ColumnElement[bool]:
    """Give the condition of a task that stands in somebody's queue on the day, as the workers see it."""
    row = ClientObligation
    return asked.is_own(row.org_id) & row.in_queue & or_(row.warn_on.is_(None), row.warn_on <= asked.day)


def load(asked: Question) -> Iterator[Observation]:
    """Spread the open clients of each worker, and beside them the tasks due in 30 days and the late ones (I90)."""
    worker, row = Client.responsible_worker_id, ClientObligation
    of_worker = select(Client.org_id, worker, func.count()).where(open_clients(asked), worker.is_not(None)).group_by(Client.org_id, worker)
    clients = {(org, key): count for org, key, count in asked.session.execute(of_worker) if key is not None}
    due, late = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
    tasks = select(row.org_id, row.worker_id, row.due_on).where(_queue(asked), row.worker_id.is_not(None), row.due_on <= asked.day + _SOON)
    for org, key, due_on in asked.session.execute(tasks):
        if key is not None:
            (late if due_on < asked.day else due)[org, key] += 1
    for org, key in sorted(clients.keys() | due.keys() | late.keys()):
        yield Observation(None, amount=clients.get((org, key), 0), only=("",), org_id=org)
        yield Observation(None, amount=due[org, key], own=((LOAD, "DUE"),), only=(LOAD,), org_id=org)
        yield Observation(None, amount=late[org, key], own=((LOAD, "LATE"),), only=(LOAD,), org_id=org)


def tasks(asked: Question) -> Iterator[Observation]:
    """Count the tasks that are late or due in 90 days, by rule and by how soon (I91)."""
    row = ClientObligation
    wanted = select(row.client_id, row.rule, row.due_on).where(_queue(asked), row.due_on <= asked.day + timedelta(days=_STEPS[-1][0]))
    for key, rule, due_on, _owner in asked.rows(row, wanted):
        yield Observation(asked.subjects[key], own=((RULE, rule.partition(":")[0]), (DUE, _step(due_on, asked.day))))


def _step(due_on: date, day: date) -> str:
    if due_on < day:
        return "LATE"
    return next(value for days, value in _STEPS if due_on <= day + timedelta(days=days))


def to_be_deleted(asked: Question) -> Iterator[Observation]:
    """Count whose relationship has ended: by how soon their data are to be deleted, by why they are kept, and those deleted in the period (I94). Basis: 681/2023 § 77."""
    wanted = select(Client.id, Client.relationship_ended, Client.hold_reason).where(
        asked.is_own(Client.org_id), Client.merged_into_id.is_(None), Client.relationship_ended <= asked.day
    )
    for key, ended, held in asked.session.execute(wanted):
        due_on = due_after(ended or asked.day, "R25")
        value = held or ("DUE" if due_on <= asked.day else "YEAR" if due_on <= asked.day + timedelta(days=365) else "LATER")
        yield Observation(asked.subjects[key], own=((RETENTION, value),))
    of = ClientDeletion
    gone = select(of.org_id, func.sum(of.clients)).where(asked.is_own(of.org_id), of.deleted_on >= asked.period.starts_on, of.deleted_on <= asked.day)
    for org_id, number in asked.session.execute(gone.group_by(of.org_id)):
        yield from repeat(Observation(None, own=((RETENTION, "DELETED"),), org_id=org_id), number)


COMPUTATIONS = {"I90": load, "I91": tasks, "I94": to_be_deleted}
