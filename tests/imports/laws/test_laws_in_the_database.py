"""Whole clients brought into a database: every entity can be written as it was derived, what it costs, and what follows from the whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from app.access.actor import system_scope
from app.access.membership import ClientMembership
from app.clients.models import Client
from app.db.base import db
from app.db.types import new_id
from app.imports.laws.broken import broken_laws
from app.imports.laws.bundle import forget
from app.imports.laws.derive import derive
from app.imports.laws.settle import settle
from app.imports.specification.catalogue import SOURCE_KEY, catalogue
from app.imports.specification.examples import example_row
from app.plans.models import IntegrationPlan
from app.responsibility.models import ResponsibilityPeriod
from tests.imports.laws.brought import ASSESSMENT, CLIENT, PLAN, Bringing
from tests.support.app import make_app, prepare
from tests.support.plan_form import VANTAA

TODAY = date.today()


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = make_app(tmp_path_factory.mktemp("laws"))
    prepare(app, 0)
    return app


@pytest.fixture
def session(register: Flask) -> Iterator[Any]:
    """A session whose work goes away, with nothing known from before."""
    with register.app_context(), system_scope():
        forget(db.session)
        yield db.session
        db.session.rollback()


@contextmanager
def counted() -> Iterator[list[str]]:
    """Give the statements of the block."""
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def _examples(session: Any, known: dict[str, str], **of_plan: Any) -> list[tuple[Any, list[str]]]:
    """Bring the example row of every entity but those in `known`, and give the rows with the rules that stop them."""
    found = []
    for entity in catalogue():
        if entity.key in known:
            continue
        values = {key: value for key, value in example_row(entity).items() if key not in (SOURCE_KEY, "responsible_worker_id")}
        for field, target in entity.parents:
            if field in values:
                values[field] = known[target]
        if entity.key == "client":
            values |= {"home_municipality_id": VANTAA, "org_id": VANTAA}
        if entity.key == "integration_plan":
            values |= of_plan
        item = entity.model(id=new_id(), **values)
        known[entity.key] = item.id
        more = derive(session, entity.key, item, today=TODAY)
        stops = [one.rule for one in broken_laws(session, entity.key, item, today=TODAY) if one.stops]
        found.append(([item, *more], stops))
    return found


def _write(session: Any, rows: list[tuple[Any, list[str]]]) -> None:
    """Write the rows entity by entity: not every model tells the unit of work of its parent."""
    for found, _stops in rows:
        session.add_all(found)
        session.flush()


def test_every_entity_can_be_written_as_it_was_derived_and_a_new_client_costs_no_statement(session: Any) -> None:
    known: dict[str, str] = {}
    with counted() as said:
        rows = _examples(session, known)
    assert said == [] and len(rows) == len(catalogue())
    assert [stops for _found, stops in rows if stops] == []
    _write(session, rows)
    [membership] = [row for found, _stops in rows for row in found if isinstance(row, ClientMembership)]
    assert (membership.client_id, membership.organisation_id, membership.is_owner) == (known["client"], VANTAA, True)
    client = session.get_one(Client, known["client"])
    assert client.search_name and client.identity_code_digest
    again = Bringing(session, TODAY)
    for found, _stops in rows:
        before = {column.key: getattr(found[0], column.key) for column in type(found[0]).__table__.columns}
        again.more += derive(session, type(found[0]).__tablename__, found[0], today=TODAY)
        assert before == {column.key: getattr(found[0], column.key) for column in type(found[0]).__table__.columns}
    assert again.more == []


def test_a_stored_client_costs_each_model_once(session: Any) -> None:
    known: dict[str, str] = {}
    _write(session, _examples(session, known))
    session.expunge_all()
    forget(session)
    ended = {"status": "ENDED", "ended_on": date(2025, 6, 16)}
    with counted() as said:
        rows = _examples(session, {"client": known["client"]}, **ended)
        second = _examples(session, {"client": known["client"]}, **ended)
    assert len(said) < len(rows) < len(catalogue()) == len(second) + 1, [one.split("FROM")[1].split()[0] for one in said]
    [plan] = [row for found, _stops in rows for row in found if isinstance(row, IntegrationPlan)]
    assert plan.ordinal == 2


def _client(session: Any, **values: Any) -> Bringing:
    bringing = Bringing(session, TODAY)
    bringing.client(**{**CLIENT, "home_municipality_id": VANTAA, "org_id": VANTAA, **values})
    return bringing


def _settled(session: Any, bringing: Bringing) -> tuple[list[Any], list[tuple[str, str]]]:
    settled = settle(session, bringing.client_row.id, today=TODAY)
    assert not any(one.stops for _item, one in settled.broken)
    return settled.rows, [(type(item).__tablename__, one.rule) for item, one in settled.broken]


def test_the_stage_the_status_and_the_reviews_follow_from_the_whole(session: Any) -> None:
    bringing = _client(session)
    bringing.under("status_period", employment_status="JOBSEEKER", starts_on=date(2025, 2, 1))
    assessment = bringing.under("assessment", **ASSESSMENT)
    plan = bringing.under("integration_plan", assessment_id=assessment.id, **{**PLAN, "ended_on": None, "valid_to": TODAY + timedelta(days=9)})
    review = {"planned_on": TODAY, "initiator": "TIME", "participation": "x", "progress": "PARTLY", "authors": "x", "next_review_date": TODAY}
    days = [date(2025, 8, 1), date(2026, 1, 15), date(2025, 12, 1)]
    for day in days:
        bringing.row("plan_review", plan_id=plan.id, reviewed_on=day, **review)
    rows, broken = _settled(session, bringing)
    client = bringing.client_row
    assert (client.status, client.employment_status, plan.reviewed_on, broken) == ("PLAN_ACTIVE", "JOBSEEKER", max(days), [])
    periods = [row for row in rows if isinstance(row, ResponsibilityPeriod)]
    assert [(row.responsible, row.starts_on) for row in periods] == [("MUNI", date(2024, 1, 10)), ("EMPA_JOBSEEKER", date(2025, 2, 1))]
    assert {id(row) for row in rows} == {id(plan), id(client), *map(id, periods)}


@pytest.mark.parametrize(
    ("client", "plan", "stage", "broken"),
    [
        ({"status": "PLAN_ENDED"}, {}, "PLAN_ENDED", []), ({"status": "GUIDANCE"}, {}, "GUIDANCE", []), ({"status": "PLAN_ACTIVE"}, {}, "PLAN_ACTIVE", [("client", "STAGE")]),
        ({"status": "INTAKE"}, {"status": "IN_FORCE"}, "INTAKE", [("client", "STAGE")]),
        ({}, {"status": "INTERRUPTED"}, "PLAN_INTERRUPTED", [("integration_plan", "NOT_INTERRUPTED")]),
        ({"relationship_ended": TODAY, "end_reason": "DIED"}, {}, "CLOSED", []),
    ],
)  # fmt: skip
def test_a_stage_that_was_brought_stays_and_is_told_of_where_the_plans_say_otherwise(
    session: Any, client: dict[str, Any], plan: dict[str, Any], stage: str, broken: list[Any]
) -> None:
    bringing = _client(session, **client)
    bringing.under("integration_plan", **{**PLAN, **({"ended_on": None} if plan else {}), **plan})
    assert _settled(session, bringing)[1] == broken and bringing.client_row.status == stage


def test_a_client_that_is_forgotten_is_read_again(session: Any) -> None:
    bringing = _client(session)
    bringing.under("integration_plan", **PLAN)
    forget(session)
    session.add(bringing.client_row)
    session.flush()
    assert bringing.under("integration_plan", **PLAN).ordinal == 1
