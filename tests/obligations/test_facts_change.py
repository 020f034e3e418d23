"""Whoever writes a fact, and however, writes the obligations that follow from it, in the same transaction."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, text, update

from app.access.actor import Scope, acting_scope, system_scope
from app.assessments.models import Assessment
from app.clients.facts import Note, ResidenceBasis
from app.clients.models import Client
from app.db.base import db
from app.obligations.models import ClientObligation
from app.obligations.queries import place_of, queue, read_queue
from app.obligations.sources import SOURCES
from app.plans.models import IntegrationPlan
from app.reviews.models import PlanReview
from tests.obligations.conftest import stored
from tests.support.app import Browser, counted_statements
from tests.support.audit import Recorded, recorded
from tests.support.plan_form import VANTAA, in_vantaa, new_client
from tests.support.reviews import AGREED, TODAY, plan_in_force, record

GRANTED = date(2026, 3, 10)


def client_of(app: Flask, plan_id: str) -> str:
    with in_vantaa(app) as session:
        return str(session.scalar(select(IntegrationPlan.client_id).where(IntegrationPlan.id == plan_id)))


def changes(events: list[Recorded]) -> list[Recorded]:
    return [event for event in events if event.name == "obligation:changed"]


def permit(app: Flask, client_id: str, granted: date = GRANTED) -> str:
    with in_vantaa(app) as session:
        row = ResidenceBasis(client_id=client_id, org_id=VANTAA, kind="PERMIT", ground="P110", granted_date=granted)
        session.add(row)
        session.commit()
        return str(row.id)


def test_a_caseworkers_review_begins_the_next_six_months(app: Flask, aino: Browser) -> None:
    plan = plan_in_force(app)
    client = client_of(app, plan)
    assert [state for _day, state in stored(app, client, "R07")] == ["OPEN"]
    with recorded(app) as events:
        record(aino, plan)
    (_first, first), (last, second) = stored(app, client, "R07")
    assert (first, second) == ("MET", "OPEN") and last >= TODAY + timedelta(days=180)
    (event,) = changes(events())
    assert event.clients == [client] and event.user_id is not None and event.organisation_id == VANTAA
    assert set((event.fields or "").split(",")) == {"R07.due_on", "R07.state"}


def test_a_corrected_permit_moves_what_follows_and_a_removed_one_takes_it_away(app: Flask) -> None:
    client = new_client(app)
    key = permit(app, client)
    assert stored(app, client, "R05") == [(date(2029, 3, 12), "OPEN")] and stored(app, client, "R03") == [(date(2029, 3, 10), "OPEN")]
    with in_vantaa(app) as session, recorded(app) as events:
        session.get_one(ResidenceBasis, key).granted_date = date(2025, 1, 15)
        session.commit()
        assert [event.clients for event in changes(events())] == [[client]]
    assert stored(app, client, "R05") == [(date(2028, 1, 17), "OPEN")]
    with in_vantaa(app) as session:
        session.delete(session.get_one(ResidenceBasis, key))
        session.commit()
    assert stored(app, client, "R05") == stored(app, client, "R03") == []


def test_statements_of_many_rows_are_followed_too(app: Flask) -> None:
    client = new_client(app)
    key = permit(app, client)
    with in_vantaa(app) as session:
        session.execute(update(ResidenceBasis).where(ResidenceBasis.id == key).values(granted_date=date(2025, 1, 15)))
        session.commit()
    assert stored(app, client, "R05") == [(date(2028, 1, 17), "OPEN")]
    with in_vantaa(app) as session:
        session.execute(update(ResidenceBasis), [{"id": key, "version": 1, "granted_date": GRANTED}])
        session.commit()
    assert stored(app, client, "R05") == [(date(2029, 3, 12), "OPEN")]
    with in_vantaa(app) as session:
        session.execute(delete(ResidenceBasis).where(ResidenceBasis.id == key))
        session.commit()
    assert stored(app, client, "R05") == []


def test_what_is_rolled_back_leaves_neither_day_nor_event(app: Flask) -> None:
    client = new_client(app)
    key = permit(app, client)
    with in_vantaa(app) as session, recorded(app) as events:
        session.get_one(ResidenceBasis, key).granted_date = date(2025, 1, 15)
        session.flush()
        session.rollback()
        session.get_one(Client, client).call_name = "Toinen"
        session.commit()
        assert changes(events()) == []
    assert stored(app, client, "R05") == [(date(2029, 3, 12), "OPEN")]


def test_what_moves_no_day_leaves_no_trace(app: Flask) -> None:
    client = new_client(app)
    key = permit(app, client)
    with in_vantaa(app) as session, recorded(app) as events:
        before = session.scalars(select(ClientObligation.id).where(ClientObligation.client_id == client).order_by(ClientObligation.id)).all()
        session.add(Note(client_id=client, org_id=VANTAA, kind="OTHER", entry_date=TODAY, content="x"))
        session.get_one(ResidenceBasis, key).valid_to = date(2027, 1, 1)
        session.get_one(Client, client).call_name = "Toinen"
        session.commit()
        assert changes(events()) == []
        assert session.scalars(select(ClientObligation.id).where(ClientObligation.client_id == client).order_by(ClientObligation.id)).all() == before


def test_the_order_of_entry_does_not_matter(app: Flask) -> None:
    """A plan entered late, after its review, gives what the right order would have given."""
    def entered(*, plan_last: bool) -> list[Any]:
        plan = plan_in_force(app, status="DRAFT" if plan_last else "IN_FORCE")
        client = client_of(app, plan)
        with in_vantaa(app) as session:
            session.add(PlanReview(plan_id=plan, client_id=client, org_id=VANTAA, planned_on=TODAY, reviewed_on=AGREED + timedelta(days=90), initiator="PLANNED",
                                   participation="x", progress="PARTLY", authors="x", next_review_date=TODAY))  # fmt: skip
            session.commit()
            session.get_one(IntegrationPlan, plan).status = "IN_FORCE"
            session.commit()
        return [stored(app, client, rule) for rule in ("R04", "R05", "R06", "R07", "R08", "R09")]

    assert entered(plan_last=True) == entered(plan_last=False)


def test_the_responsible_worker_is_copied_and_a_closed_client_leaves_the_queue(app: Flask) -> None:
    client = new_client(app)

    def queued() -> set[int | None]:
        with in_vantaa(app) as session:
            return set(session.scalars(select(ClientObligation.worker_id).where(ClientObligation.client_id == client, ClientObligation.in_queue)))

    assert queued() == {None}
    with in_vantaa(app) as session:
        row = session.get_one(Client, client)
        row.responsible_worker_id = session.scalar(select(text("min(id)")).select_from(text("ab_user")))
        session.commit()
        worker = row.responsible_worker_id
    assert queued() == {worker}
    with in_vantaa(app) as session:
        session.get_one(Client, client).status = "CLOSED"
        session.commit()
    assert queued() == set()


def test_an_early_warning_brings_a_far_day_into_the_queue(app: Flask) -> None:
    client = new_client(app)
    permit(app, client, TODAY - timedelta(days=3 * 365 - 100))
    with in_vantaa(app) as session:
        near = [one for one in read_queue(session, queue(today=TODAY, only=[ClientObligation.client_id == client]), 20) if one.rule == "R05"]
        assert len(near) == 1 and near[0].warn_on is not None and near[0].warn_on < TODAY < near[0].due_on
        earlier = near[0].warn_on - timedelta(days=1)
        found = read_queue(session, queue(today=earlier, only=[ClientObligation.client_id == client]), 20)
        assert found and "R05" not in {one.rule for one in found}


def test_others_see_none_of_them(app: Flask, cecilia: Browser) -> None:
    client = new_client(app)
    with in_vantaa(app) as session:
        key = session.scalar(select(ClientObligation.id).where(ClientObligation.client_id == client))
    assert cecilia.get(f"/obligations/show/{key}").status_code == 404
    for scope in (Scope("00000000-0000-0000-0000-000000000001"), Scope(VANTAA, is_participant=True)):
        with app.app_context(), acting_scope(scope):
            assert db.session.scalars(select(ClientObligation.id).where(ClientObligation.client_id == client)).all() == []


def test_the_database_alone_keeps_a_participant_from_them(postgres_app: Flask) -> None:
    client = new_client(postgres_app)
    rows = text("SELECT count(*) FROM client_obligation WHERE client_id = :client")
    for scope, number in ((Scope(VANTAA), True), (Scope(VANTAA, is_participant=True), False), (Scope(), False)):
        with postgres_app.app_context(), acting_scope(scope):
            assert bool(db.session.scalar(rows, {"client": client})) is number


def test_the_queue_goes_along_its_index_page_by_page(sqlite_app: Flask) -> None:
    with in_vantaa(sqlite_app) as session:
        tasks = select(ClientObligation.worker_id).where(ClientObligation.in_queue, ClientObligation.warn_on.is_(None), ClientObligation.worker_id.is_not(None))
        worker = session.scalars(tasks.group_by(ClientObligation.worker_id).order_by(func.count().desc()).limit(1)).one()
        # Of the organisation the list of all, queue or not, has an index in the same order, which SQLite takes too.
        for limits, indexes in (({"worker_id": worker}, ["worker"]), ({"org_id": VANTAA}, ["organisation", "listed"])):
            whole = read_queue(session, queue(today=TODAY, **limits), 1000)
            assert len(whole) > 2 and [place_of(one) for one in whole] == sorted(place_of(one) for one in whole)
            seen: list[Any] = []
            while page := read_queue(session, queue(today=TODAY, after=place_of(seen[-1]) if seen else None, **limits), 2):
                seen += page
            assert [one.id for one in seen] == [one.id for one in whole]
            with counted_statements(sqlite_app) as sent:
                read_queue(session, queue(today=TODAY, after=place_of(seen[1]), **limits), 2)
            assert len(sent) == 1
            statement = queue(today=TODAY, after=place_of(seen[1]), **limits).limit(3).compile(db.engine, compile_kwargs={"literal_binds": True})
            plan = " ".join(row.detail for row in session.execute(text(f"EXPLAIN QUERY PLAN {statement}")))
            assert any(f"ix_client_obligation_{index}" in plan for index in indexes) and "TEMP B-TREE FOR ORDER BY" not in plan


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.events.__name__)
def test_a_source_reads_only_the_tables_that_it_names(sqlite_app: Flask, source: Any) -> None:
    """A table that is read and not watched would let its changes pass until the night."""
    with sqlite_app.app_context(), system_scope():
        clients = db.session.scalars(select(Client.id).limit(50)).all()
        with counted_statements(sqlite_app) as sent:
            found = source.events(db.session, clients)
    assert 1 <= len(sent) <= len(source.models) and set(found) <= set(clients)
    named = {model.__tablename__ for model in source.models}
    assert set(re.findall(r"(?:FROM|JOIN) (\w+)", " ".join(sent))) <= named


def test_an_assessment_is_followed_from_its_ground_to_the_plan(app: Flask) -> None:
    client = new_client(app)
    assert stored(app, client, "R04") == [(date(2026, 10, 15), "OPEN")]
    with in_vantaa(app) as session:
        session.scalars(select(Assessment).where(Assessment.client_id == client)).one().known_on = date(2026, 8, 25)
        session.commit()
    assert stored(app, client, "R02") == [(date(2026, 9, 8), "MET")]
