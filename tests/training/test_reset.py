"""A place is emptied and loaded anew, and no row of another changes."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent
from app.clients.facts import Note
from app.clients.models import Client
from app.db.base import Model
from app.db.types import new_id, now
from app.examinations.models import LogFinding
from app.jobs.access import as_system
from app.training.places.actions import load_place
from app.training.places.clearing import KEPT, clear, tables_of_a_place
from app.training.places.models import TrainingPlace
from app.training.places.persons import client_key
from app.training.places.stories import STORIES
from app.users.models import AccessGrant

Trained = tuple[Flask, Flask, dict[str, Any]]


def rows_but_of(session: Session, place: TrainingPlace) -> dict[str, list[Any]]:
    """Give every row of every table that names no organisation of the place and none of its clients."""
    clients = set(session.scalars(select(Client.id).where(Client.org_id.in_(place.organisation_ids))))
    findings = set(session.scalars(select(LogFinding.id).where(LogFinding.org_id.in_(place.organisation_ids))))
    own, found = {*place.organisation_ids, *clients, *findings, place.id}, {}
    for table in Model.metadata.sorted_tables:
        rows = [tuple(row) for row in session.execute(select(table)) if not own & {value for value in row if isinstance(value, str)}]
        found[table.name] = sorted(rows, key=repr)
    return found


def test_a_reset_brings_the_cast_back_and_touches_nobody_else(trained: Trained) -> None:
    _serving, owner, places = trained
    with owner.app_context(), as_system() as session:
        place = session.get_one(TrainingPlace, places["aino"])
        first = session.get_one(Client, client_key(place.seed, "running"))
        name, first.family_name = first.family_name, "Muutettu"
        session.add(Note(id=new_id(), client_id=first.id, org_id=place.municipality_id, kind="CALL", entry_date=date.today(), content="Harjoitus."))
        extra = Client(id=new_id(), org_id=place.municipality_id, family_name="Uusi", given_names="Asiakas", birth_date=date(1990, 1, 1), citizenship="UA",
                       mother_tongue="uk", service_language="fi", home_municipality_id=place.municipality_id, relationship_started=date.today(),
                       no_identity_code_reason="PENDING", search_name="uusi")  # fmt: skip
        session.add(extra)
        made = extra.id
        session.commit()
        others = rows_but_of(session, place)
        load_place(session, place)
        session.commit()
        assert session.scalar(select(Client.id).where(Client.id == made)) is None
        assert session.get_one(Client, client_key(place.seed, "running")).family_name == name
        assert session.scalar(select(func.count()).select_from(Client).where(Client.org_id == place.municipality_id)) == len(STORIES)
        after = rows_but_of(session, place)
        changed = {table for table in others if others[table] != after[table]} - {"audit_event_client"}
        assert changed == set()
        assert session.scalar(select(func.count()).select_from(AuditEvent).where(AuditEvent.name == "training_place:emptied", AuditEvent.row_id == place.id)) == 1


def test_an_emptied_place_has_no_row_left(trained: Trained) -> None:
    _serving, owner, places = trained
    with owner.app_context(), as_system() as session:
        place = session.get_one(TrainingPlace, places["aino"])
        assert clear(session, place.organisation_ids) > 500
        for table in tables_of_a_place():
            columns = [key.parent for key in table.foreign_keys if key.column.table.name == "organisation"]
            if columns:
                condition = or_(*(column.in_(place.organisation_ids) for column in columns))
                assert session.scalar(select(func.count()).select_from(table).where(condition)) == 0, table.name
        session.rollback()


def test_the_log_is_no_table_of_a_place() -> None:
    names = {table.name for table in tables_of_a_place()}
    assert not {name for name in names if name.startswith("audit")} and not names & KEPT


def test_a_right_that_the_trainee_ended_comes_back(trained: Trained) -> None:
    _serving, owner, places = trained
    with owner.app_context(), as_system() as session:
        place = session.get_one(TrainingPlace, places["aino"])
        mine = (AccessGrant.organisation_id == place.municipality_id, AccessGrant.role == "TEAM_LEAD", AccessGrant.ended_at.is_(None), AccessGrant.user.has(username="aino"))
        grant = session.scalars(select(AccessGrant).where(*mine)).one()
        grant.ended_at, grant.end_reason = now(), "NOT_NEEDED"
        load_place(session, place)
        assert session.scalars(select(AccessGrant).where(*mine)).one().id != grant.id
        session.rollback()


def test_the_same_place_is_made_the_same_again(trained: Trained) -> None:
    _serving, owner, places = trained
    with owner.app_context(), as_system() as session:
        place = session.get_one(TrainingPlace, places["aino"])
        read = select(Client.id, Client.family_name, Client.birth_date, Client.status).where(Client.org_id == place.municipality_id).order_by(Client.id)
        before = session.execute(read).all()
        load_place(session, place)
        assert session.execute(read).all() == before
        session.rollback()
