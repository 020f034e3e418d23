"""A membership of another organisation is made as its invitation says and in no other way; the walls say so each on its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select, text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.orm import Session

from app.access.actor import Scope, acting_scope
from app.access.membership import ClientMembership, FollowsClient
from app.access.profiles import profiles_with
from app.access.wall import ForeignRowError, _guard, _narrow, arm
from app.clients.facts import Note
from app.clients.models import Client
from app.db.base import Model, db
from app.db.types import new_id
from app.organisations.models import organisation_key
from app.participations.actions import membership_for
from app.participations.models import CountyStatement, Participation
from app.plans.models import IntegrationPlan

VANTAA, PORVOO = organisation_key("MUNICIPALITY", "092"), organisation_key("MUNICIPALITY", "638")
COUNTY, OTHER = organisation_key("WELLBEING_COUNTY", "04"), organisation_key("WELLBEING_COUNTY", "06")
OWNER_SCOPE, COUNTY_SCOPE = Scope(VANTAA), Scope(COUNTY, is_participant=True)
TODAY = date.today()


@contextmanager
def acting(app: Flask, scope: Scope) -> Iterator[Session]:
    """Work in a scope, and take everything back."""
    with app.app_context(), acting_scope(scope):
        arm(db.session)
        yield db.session
        db.session.rollback()


@contextmanager
def database_alone() -> Iterator[None]:
    """Take the application's own walls away."""
    event.remove(Session, "do_orm_execute", _narrow)
    event.remove(Session, "before_flush", _guard)
    try:
        yield
    finally:
        event.listen(Session, "do_orm_execute", _narrow)
        event.listen(Session, "before_flush", _guard)


def a_plan(session: Session, organisation_id: str = VANTAA) -> IntegrationPlan:
    return session.scalars(select(IntegrationPlan).where(IntegrationPlan.org_id == organisation_id).order_by(IntegrationPlan.id).limit(1)).one()


def invitation(plan: IntegrationPlan, **values: Any) -> Participation:
    return Participation(**{
        "id": new_id(), "client_id": plan.client_id, "organisation_id": OTHER, "matter": "PLAN", "plan_id": plan.id, "profile": "PLAN_PART",
        "purpose": "PLAN_PARTICIPATION", "reason": "x", "may_contribute": True, "valid_to": TODAY + timedelta(days=30), "org_id": VANTAA, **values,
    })  # fmt: skip


def shared(session: Session) -> Participation:
    """Give the invitation that the invented data hold for the county."""
    return session.scalars(select(Participation).where(Participation.organisation_id == COUNTY)).one()


def test_the_controller_shares_as_its_invitation_says(app: Flask) -> None:
    with acting(app, OWNER_SCOPE) as session:
        row = invitation(a_plan(session))
        session.add_all([row, membership_for(row, TODAY)])
        session.flush()
        made = session.scalars(select(ClientMembership).where(ClientMembership.participation_id == row.id)).one()
        session.delete(made)
        session.flush()


WRONG = (
    {"participation": None}, {"valid_to": TODAY + timedelta(days=31)}, {"valid_to": None}, {"purpose": "CONTROLLER"}, {"organisation_id": PORVOO},
    {"is_owner": True}, {"shared_by_id": None},
)  # fmt: skip


@pytest.mark.parametrize("values", WRONG)
def test_a_membership_that_says_something_else_is_refused(app: Flask, values: dict[str, Any]) -> None:
    with acting(app, OWNER_SCOPE) as session:
        row = invitation(a_plan(session))
        session.add(row)
        session.flush()
        wrong = membership_for(row, TODAY)
        for name, value in values.items():
            setattr(wrong, name, value)
        session.add(wrong)
        with pytest.raises(ForeignRowError):
            session.flush()


@pytest.mark.parametrize("values", WRONG)
def test_the_database_alone_refuses_it_too(postgres_app: Flask, values: dict[str, Any]) -> None:
    with database_alone(), acting(postgres_app, OWNER_SCOPE) as session:
        row = invitation(a_plan(session))
        session.add(row)
        session.flush()
        wrong = membership_for(row, TODAY)
        for name, value in values.items():
            setattr(wrong, name, value)
        session.add(wrong)
        with pytest.raises(ProgrammingError, match="row-level security"):
            session.flush()


def test_nobody_shares_a_foreign_client(app: Flask) -> None:
    with acting(app, Scope(PORVOO)) as session:
        row = invitation(a_plan(session, PORVOO))
    with acting(app, OWNER_SCOPE) as session:
        session.add_all([row, membership_for(row, TODAY)])
        with pytest.raises(ForeignRowError):
            session.flush()


def test_the_database_alone_lets_nobody_share_a_foreign_client(postgres_app: Flask) -> None:
    with acting(postgres_app, Scope(PORVOO)) as session:
        row = invitation(a_plan(session, PORVOO))
    with database_alone(), acting(postgres_app, OWNER_SCOPE) as session:
        session.add(row)
        with pytest.raises(ProgrammingError, match="row-level security"):
            session.flush()


def test_a_membership_is_never_changed(app: Flask) -> None:
    with acting(app, OWNER_SCOPE) as session:
        made = session.scalars(select(ClientMembership).where(ClientMembership.shared_by_id == VANTAA).limit(1)).one()
        made.valid_to = TODAY + timedelta(days=900)
        with pytest.raises(ForeignRowError):
            session.flush()


def test_the_county_answers_its_invitation_and_changes_nothing_else_of_it(app: Flask) -> None:
    with acting(app, COUNTY_SCOPE) as session:
        shared(session).end_reason = "x"
        session.flush()
        shared(session).profile = "ASSESSMENT_PART"
        with pytest.raises(ForeignRowError):
            session.flush()


@pytest.mark.parametrize("change", ["profile = 'ASSESSMENT_PART'", "valid_to = '2099-01-01'", "may_contribute = true, reason = 'x'", "organisation_id = org_id"])
def test_the_database_alone_keeps_the_invitation_too(postgres_app: Flask, change: str) -> None:
    with database_alone(), acting(postgres_app, COUNTY_SCOPE) as session:
        assert session.execute(text("UPDATE participation SET end_reason = 'x'")).rowcount == 1
        with pytest.raises(DBAPIError, match=r"answer its invitation|row-level security"):
            session.execute(text(f"UPDATE participation SET {change}"))


def test_the_county_writes_nothing_but_its_statement(app: Flask) -> None:
    with acting(app, COUNTY_SCOPE) as session:
        row = shared(session)
        session.add(CountyStatement(client_id=row.client_id, participation_id=row.id, stated_on=TODAY, content="x", org_id=COUNTY))
        session.flush()
        session.add(Note(client_id=row.client_id, org_id=COUNTY, kind="OTHER", entry_date=TODAY, content="x"))
        with pytest.raises(ForeignRowError):
            session.flush()


@pytest.mark.parametrize("broken", ["accepted_at", "may_contribute", "valid_to"])
def test_a_statement_needs_an_invitation_that_lets_it(app: Flask, broken: str) -> None:
    value = {"accepted_at": None, "may_contribute": False, "valid_to": TODAY - timedelta(days=1)}[broken]
    with acting(app, OWNER_SCOPE) as session:
        row = shared(session)
        setattr(row, broken, value)
        session.flush()
        with acting_scope(COUNTY_SCOPE):
            arm(session)
            session.add(CountyStatement(client_id=row.client_id, participation_id=row.id, stated_on=TODAY, content="x", org_id=COUNTY))
            with pytest.raises(ForeignRowError):
                session.flush()


def test_the_municipality_writes_no_statement_for_the_county(app: Flask) -> None:
    with acting(app, OWNER_SCOPE) as session:
        row = shared(session)
        session.add(CountyStatement(client_id=row.client_id, participation_id=row.id, stated_on=TODAY, content="x", org_id=VANTAA))
        with pytest.raises(ForeignRowError):
            session.flush()


def test_the_database_alone_lets_the_county_write_its_statement_only(postgres_app: Flask) -> None:
    with database_alone(), acting(postgres_app, COUNTY_SCOPE) as session:
        row = shared(session)
        keys = {"client_id": row.client_id, "org_id": COUNTY}
        session.add(CountyStatement(**keys, participation_id=row.id, stated_on=TODAY, content="x"))
        session.flush()
        assert session.execute(text("UPDATE county_statement SET stated_on = stated_on")).rowcount == 0
        assert session.execute(text("UPDATE client SET call_name = 'x'")).rowcount == 0
        session.add(Note(**keys, kind="OTHER", entry_date=TODAY, content="x"))
        with pytest.raises(ProgrammingError, match="row-level security"):
            session.flush()


def test_the_county_gives_its_part_up_and_sees_the_client_no_more(app: Flask) -> None:
    with acting(app, COUNTY_SCOPE) as session:
        key = shared(session).client_id
        session.delete(session.scalars(select(ClientMembership).where(ClientMembership.participation_id.is_not(None))).one())
        session.flush()
        assert session.scalars(select(Client).where(Client.id == key)).all() == []
        assert session.scalars(select(Participation)).all() == []


def test_the_database_alone_shows_the_county_its_own_part_only(postgres_app: Flask) -> None:
    with database_alone(), acting(postgres_app, OWNER_SCOPE) as session:
        row = shared(session)
        other = invitation(session.get_one(IntegrationPlan, row.plan_id))
        session.add_all([other, membership_for(other, TODAY)])
        session.flush()
        with acting_scope(COUNTY_SCOPE):
            arm(session)
            assert set(session.scalars(text("SELECT id FROM participation"))) == {row.id}
            assert set(session.scalars(text("SELECT organisation_id FROM client_membership"))) == {COUNTY}
        with acting_scope(Scope(OTHER, is_participant=True)):
            arm(session)
            assert set(session.scalars(text("SELECT id FROM participation"))) == {other.id}
            assert set(session.scalars(text("SELECT client_id FROM county_statement"))) == set(), "another county's statement is not theirs"


def test_every_table_of_a_client_is_bound_to_the_profiles_in_the_database(postgres_app: Flask) -> None:
    """A table that a later migration adds gets the policy `app_profile` too, as `0014` gives it."""
    tables = {mapper.class_.__tablename__ for mapper in Model.registry.mappers if issubclass(mapper.class_, FollowsClient)}
    with postgres_app.app_context():
        found = dict(db.session.execute(text("SELECT tablename, qual FROM pg_policies WHERE policyname = 'app_profile' AND permissive = 'RESTRICTIVE'")).all())
    # A move is its own organisation's, and no participant's.
    of_moves = {name for name in found if name.startswith("import_")}
    assert not any(profiles_with(name) for name in of_moves) and {found[name] for name in of_moves} == {found["client_obligation"]}
    assert set(found) - of_moves == tables - {"participation", "county_statement"}
    for table, condition in found.items():
        assert set(re.findall(r"'([A-Z_]+_PART)'", condition)) == set(profiles_with(table)), table


def test_the_database_alone_shows_the_sections_of_the_profile_only(postgres_app: Flask) -> None:
    with database_alone(), acting(postgres_app, OWNER_SCOPE) as session:
        row = shared(session)
        session.add(Note(client_id=row.client_id, org_id=VANTAA, kind="OTHER", entry_date=TODAY, content="x"))
        session.flush()
        with acting_scope(COUNTY_SCOPE):
            arm(session)
            assert session.scalar(text("SELECT count(*) FROM integration_plan")) >= 1
            for table in ("note", "assessment", "interview_section", "family_link", "residence_basis"):
                assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0, table
        with acting_scope(OWNER_SCOPE):
            arm(session)
            row.accepted_at = None
            session.flush()
        with acting_scope(COUNTY_SCOPE):
            arm(session)
            assert session.scalar(text("SELECT count(*) FROM integration_plan")) == 0, "not before the county has accepted"
            assert session.scalar(text("SELECT count(*) FROM client")) == 1
