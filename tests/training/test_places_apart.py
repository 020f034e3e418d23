"""No trainee meets another's place by any route, in any role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.roles import ROLES
from app.clients.models import Client
from app.db.base import Model
from app.jobs.access import as_system
from app.training.places.clearing import tables_of_a_place
from app.training.places.models import TrainingPlace
from app.users.models import AccessGrant
from tests.support.app import Browser, make_app, prepare
from tests.support.matrix import declared
from tests.support.postgres import Postgres
from tests.training.conftest import CLIENTS, make_places

REFUSED = {401, 403, 404}
# Pages of rows that every organisation reads, or whose key is no row's.
NOT_ASKED = {"RoleView"}


@pytest.fixture(params=["sqlite", "postgresql"])
def apart(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Flask, Flask, dict[str, Any]]:
    settings, open_forms = {"KOTO_ENVIRONMENT": "training"}, {"WTF_CSRF_ENABLED": False}
    if request.param == "sqlite":
        serving = owner = make_app(tmp_path, settings=settings, **open_forms)
        prepare(owner, CLIENTS)
    else:
        postgres: Postgres = request.getfixturevalue("postgres")
        database = postgres.new_database()
        owner = make_app(tmp_path, postgres.url("koto_owner", database), settings)
        prepare(owner, CLIENTS)
        serving = make_app(tmp_path, postgres.url("koto_web", database), settings, **open_forms)
    return serving, owner, make_places(owner)


def rows_of(session: Session, place: TrainingPlace) -> dict[str, str]:
    """Give the key of one row of the place in each table that has some."""
    found = {"organisation": str(place.municipality_id)}
    for table in tables_of_a_place():
        column = next((table.c[name] for name in ("org_id", "organisation_id", "from_id") if name in table.c), None)
        key = next(iter(table.primary_key.columns))
        if column is not None:
            value = session.scalar(select(key).where(column.in_(place.organisation_ids)).limit(1))
            found |= {table.name: str(value)} if value is not None else {}
    grant = AccessGrant.organisation_id == place.municipality_id
    return found | {"access_grant": str(session.scalar(select(AccessGrant.id).where(grant).limit(1)))}


def routes(app: Flask, keys: dict[str, str], role: str) -> Iterator[tuple[str, str]]:
    """Give method and path of each route that the role may take and that names a row or what a new row hangs on, with a row of the other place."""
    for rule in app.url_map.iter_rules():
        found = declared(app, rule)
        if found is None or found[0].endpoint in NOT_ASKED:
            continue
        view = found[0].pages() if hasattr(found[0], "pages") else found[0]
        parent = getattr(view, "parent", None)
        is_under = rule.endpoint.endswith((".add", ".post", ".invite")) and parent is not None
        if "<pk>" not in rule.rule and not is_under:
            continue
        table = parent.model.__tablename__ if is_under else getattr(getattr(getattr(view, "datamodel", None), "obj", None), "__tablename__", "client")
        name = getattr(view, "class_permission_name", None) or type(view).__name__
        if table not in keys or found[1] not in ROLES[role].get(name, ()):
            continue
        path = re.sub(r"<[^>]*>", "x", rule.rule.replace("<pk>", keys[table])) + (f"?{parent.argument}={keys[table]}" if is_under else "")
        for method in sorted((rule.methods or set()) & {"GET", "POST", "DELETE", "PUT"}):
            yield method, path


def pages(app: Flask) -> list[str]:
    """Give every page and list that names no row."""
    found = (rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and "<" not in rule.rule and declared(app, rule) is not None)
    return sorted(rule.rule for rule in found)


def test_no_role_of_a_trainee_opens_a_row_of_another_place(apart: tuple[Flask, Flask, dict[str, Any]]) -> None:
    serving, owner, places = apart
    with owner.app_context(), as_system() as session:
        mine, other = (session.get_one(TrainingPlace, places[name]) for name in ("aino", "cecilia"))
        keys, number = rows_of(session, other), other.seed
        names = {f"{client.family_name}, {client.given_names}" for client in session.scalars(select(Client).where(Client.org_id == other.municipality_id))}
        names -= {f"{client.family_name}, {client.given_names}" for client in session.scalars(select(Client).where(Client.org_id == mine.municipality_id))}
        grants = session.execute(
            select(AccessGrant.id, AccessGrant.role).where(AccessGrant.organisation_id.in_(mine.organisation_ids), AccessGrant.user.has(username="aino"))
        ).all()
        before = {table: session.execute(select(table).where(table.c.id == key)).first() for table, key in _tables(keys)}
    words = [*sorted(names), f"Harjoituskunta {number}<", f"Harjoitushyvinvointialue {number}<"]
    assert len(keys) > 25 and len(grants) == 8 and len(names) > 15
    wrong, asked = [], 0
    for grant, role in grants:
        aino = Browser(serving).sign_in("aino")
        assert aino.client.post(f"/my-rights/act/{grant}").status_code == 303
        for method, path in routes(serving, keys, role):
            asked += 1
            answer = aino.client.open(path, method=method, **({} if method == "GET" else {"data": {"confirmed": ""}}))
            if answer.status_code not in REFUSED | {405}:
                wrong.append((role, method, path, answer.status_code))
        for path in pages(serving):
            page = aino.client.get(path).text
            wrong += [(role, "GET", path, word) for word in words if word in page]
    assert wrong == [] and asked > 200
    with owner.app_context(), as_system() as session:
        assert before == {table: session.execute(select(table).where(table.c.id == key)).first() for table, key in _tables(keys)}


def _tables(keys: dict[str, str]) -> list[tuple[Any, str]]:
    return [(Model.metadata.tables[name], key) for name, key in keys.items() if "id" in Model.metadata.tables[name].c]


def test_who_records_the_same_person_in_two_places_asks_nobody(apart: tuple[Flask, Flask, dict[str, Any]]) -> None:
    serving, owner, places = apart
    for username in ("aino", "cecilia"):
        with owner.app_context(), as_system() as session:
            place = session.get_one(TrainingPlace, places[username])
            home = str(place.municipality_id)
            grant = session.scalars(select(AccessGrant.id).where(
                AccessGrant.organisation_id == home, AccessGrant.role == "CASEWORKER", AccessGrant.user.has(username=username)
            )).one()  # fmt: skip
        trainee = Browser(serving).sign_in(username)
        trainee.client.post(f"/my-rights/act/{grant}")
        trainee.get("/clients/add")
        answer = trainee.post(
            "/clients/add", family_name="Samainen", given_names="Sama", birth_date="1990-02-01", identity_code="010290-900H", citizenship="UA", mother_tongue="uk",
            service_language="fi", home_municipality_id=home, relationship_started=date.today().isoformat(), employment_status="NOT_JOBSEEKER",
        )  # fmt: skip
        assert answer.status_code in (302, 303), answer.text[:3000]
    with owner.app_context(), as_system() as session:
        cases = Model.metadata.tables["duplicate_case"]
        assert session.execute(select(cases.c.id).where(cases.c.org_id.in_(select(TrainingPlace.municipality_id)))).all() == []
        assert len(session.scalars(select(Client.id).where(Client.family_name == "Samainen")).all()) == 2
