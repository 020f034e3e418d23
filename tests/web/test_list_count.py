"""How many clients a list tells of: those that it shows, counted from the memberships and not from the clients one by one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from app.access.actor import Scope, acting_scope
from app.access.wall import arm, visible_client_count
from app.clients.facts import Note
from app.clients.models import Client
from app.db.base import db
from app.organisations.models import organisation_key
from app.participations.models import Participation
from app.web.interface import COUNT_CAP
from app.web.listing import counted, listed
from tests.support.app import Browser

VANTAA, PORVOO, COUNTY = organisation_key("MUNICIPALITY", "092"), organisation_key("MUNICIPALITY", "638"), organisation_key("WELLBEING_COUNTY", "04")
OWN, OTHERS, PARTICIPANT = Scope(VANTAA), Scope(PORVOO), Scope(COUNTY, is_participant=True)


@contextmanager
def acting(scope: Scope) -> Iterator[Session]:
    """Work in a scope inside the transaction of the test."""
    with acting_scope(scope):
        arm(db.session)
        yield db.session


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """Give a session in the controller's scope, and take everything back."""
    with app.app_context(), acting(OWN) as found:
        yield found
        found.rollback()


def told(session: Session) -> int:
    """Give the number that the list tells; it is the number of the rows that the list shows."""
    number = session.scalar(counted(Client, listed(Client)))
    assert number == len(session.scalars(listed(Client).with_only_columns(Client.id)).all())
    return int(number or 0)


def join(session: Session, *keys: str) -> None:
    session.execute(update(Client).where(Client.id.in_(keys)).values(merged_into_id="0" * 36))


def first_keys(session: Session, number: int) -> list[str]:
    return list(session.scalars(select(Client.id).where(Client.merged_into_id.is_(None)).order_by(Client.id).limit(number)))


def test_clients_that_were_joined_are_not_counted(session: Session) -> None:
    before = told(session)
    join(session, *first_keys(session, 3))
    assert told(session) == before - 3 > 0
    assert session.scalar(visible_client_count(COUNT_CAP + 1, Client)) == before - 3


def test_a_count_at_its_limit_leaves_them_out_before_it_stops(session: Session) -> None:
    before = told(session)
    # The index of memberships begins with these.
    join(session, *first_keys(session, 4))
    assert [session.scalar(visible_client_count(limit, Client)) for limit in (1, before - 5, before - 4, before - 3)] == [1, before - 5, before - 4, before - 4]


def test_joined_clients_of_another_organisation_change_nothing(session: Session) -> None:
    before = told(session)
    with acting(OTHERS):
        others = told(session)
        join(session, *first_keys(session, 2))
        assert told(session) == others - 2 > 0
    with acting(OWN):
        assert told(session) == before


def test_a_participant_counts_what_it_is_shown(session: Session) -> None:
    with acting(PARTICIPANT):
        assert told(session) == 1
        key = session.scalars(select(Client.id)).one()
    with acting(OWN):
        join(session, key)
    with acting(PARTICIPANT):
        assert told(session) == 0


def test_a_participant_counts_no_client_of_an_invitation_that_was_ended(session: Session) -> None:
    session.execute(update(Participation).where(Participation.organisation_id == COUNTY).values(ended_at=datetime.now(UTC)))
    with acting(PARTICIPANT):
        assert told(session) == 0


def test_a_list_that_is_narrowed_counts_its_rows(session: Session) -> None:
    statuses = set(session.scalars(listed(Client).with_only_columns(Client.status)))
    numbers = [session.scalar(counted(Client, listed(Client).where(Client.status == status))) or 0 for status in statuses]
    assert len(numbers) > 1 and sum(numbers) == told(session) and 0 not in numbers


def test_a_model_that_leaves_nothing_out_is_listed_whole(session: Session) -> None:
    assert listed(Note).whereclause is None
    assert session.scalar(counted(Note, listed(Note))) == len(session.scalars(select(Note.id)).all())


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for under in plan.get("Plans", []):
        yield from _nodes(under)


def test_the_page_counts_without_reading_the_clients(postgres_app: Flask) -> None:
    """PostgreSQL, forbidden to read the small table whole, comes to a client by the index of the few that were joined and by no other way."""
    aino, sent = Browser(postgres_app).sign_in("aino"), []
    with postgres_app.app_context():
        event.listen(engine := db.engine, "before_cursor_execute", note := lambda *sending: sent.append(sending[2:4]))
        page = aino.get("/clients/list/").text
        event.remove(engine, "before_cursor_execute", note)
        (statement, values), *others = [each for each in sent if "count(" in each[0]]
        assert others == []
        with acting(OWN) as session:
            connection = session.connection()
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            number = connection.exec_driver_sql(statement, values).scalar()
            plan: Any = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).scalar()
            indexes = set(connection.exec_driver_sql("SELECT indexname FROM pg_indexes WHERE tablename = 'client'").scalars())
            session.rollback()
    assert f"{number} riviä" in page
    nodes = [node for found in plan for node in _nodes(found["Plan"])]
    assert {node.get("Index Name") for node in nodes} & indexes == {"ix_client_joined"}
    assert not [node for node in nodes if node["Node Type"] == "Seq Scan" and node["Relation Name"] == "client"]
