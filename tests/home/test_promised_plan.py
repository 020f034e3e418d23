"""The day by which a promised plan is to be drawn up is the stored limit's: on the front page, the client's page and in the work queue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.access.actor import Scope, acting_scope
from app.assessments.models import Assessment
from app.clients.models import Client
from app.db.base import db
from app.home.due import Due, due_for_client, due_for_worker
from app.obligations.models import ClientObligation
from app.obligations.queries import queue
from app.organisations.models import organisation_key

TODAY, WEEK = date.today(), timedelta(days=7)


@pytest.fixture
def session(sqlite_app: Flask) -> Iterator[Session]:
    with sqlite_app.app_context(), acting_scope(Scope(organisation_key("MUNICIPALITY", "092"))):
        yield db.session
        db.session.rollback()


@pytest.fixture
def client(session: Session) -> Client:
    """A client whose one assessment promised a plan, with no plan yet."""
    found = session.scalars(
        select(Client).join(Assessment).where(Client.status == "PLAN_DRAFTING", Assessment.outcome == "PLAN", Assessment.plan_planned_on.is_not(None))
    ).first()
    assert found is not None
    return found


def told(session: Session, client: Client) -> list[list[Due]]:
    """Give what the front page and the client's page tell of the plan."""
    assessments = session.scalars(select(Assessment).where(Assessment.client_id == client.id)).all()
    pages = (due_for_worker(session, None, TODAY, 5000, reminders=False), due_for_client(session, client, [], assessments))
    return [[due for due in page if due.client_id == client.id and (due.kind == "PLAN_PROMISED" or (due.limit and due.limit.rule == "R04"))] for page in pages]


@pytest.mark.parametrize("promised", [-WEEK, timedelta(0), WEEK], ids=["earlier", "the same", "later"])
def test_the_stored_limit_tells_the_day(session: Session, client: Client, promised: timedelta) -> None:
    by_law = TODAY + timedelta(days=3)
    session.execute(update(ClientObligation).where(ClientObligation.client_id == client.id).values(in_queue=False))
    session.add(ClientObligation(client_id=client.id, org_id=client.org_id, worker_id=client.responsible_worker_id, rule="R04", kind="SOFT", state="OPEN",
                                 due_on=by_law, owner="CASEWORKER", section="681/2023 § 20.1", start_type="ASSESSMENT_COMPLETED", start_on=TODAY, in_queue=True,
                                 derived_on=TODAY))  # fmt: skip
    session.execute(update(Assessment).where(Assessment.client_id == client.id).values(plan_planned_on=by_law + promised))
    session.expire_all()
    (in_queue,) = session.scalars(queue(today=TODAY, only=[ClientObligation.client_id == client.id])).all()
    for page in told(session, client):
        assert [(due.kind, due.on, due.limit and due.limit.rule) for due in page] == [("PLAN_PROMISED", in_queue.due_on, "R04")]


def test_without_a_limit_the_promise_has_its_own_day(session: Session, client: Client) -> None:
    session.execute(delete(ClientObligation).where(ClientObligation.client_id == client.id))
    session.execute(update(Assessment).where(Assessment.client_id == client.id).values(plan_planned_on=TODAY + WEEK))
    session.expire_all()
    for page in told(session, client):
        assert {(due.kind, due.on, due.limit) for due in page} == {("PLAN_PROMISED", TODAY + WEEK, None)}
