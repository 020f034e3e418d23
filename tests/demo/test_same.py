"""The same seed and day give the same rows, on either database and however often the loading was begun."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.access.membership import ClientMembership, ClientScoped
from app.clients.models import Client
from app.db.base import Model, db
from app.demo.load import load_clients
from tests.demo.conftest import ON
from tests.support.app import make_app, prepare
from tests.support.postgres import Postgres

# Written by people, by what they write and by days alone; and what is too rare to stand among ninety clients.
NOT_INVENTED = {"row_version", "status_period", "responsibility_period", "client_merge", "duplicate_case", "child_hearing", "representative"}


def content(app: Flask) -> dict[str, list[tuple[Any, ...]]]:
    """Give every row that follows a client, by table, without what the installation's own key makes of it."""
    models = [mapper.class_ for mapper in Model.registry.mappers if issubclass(mapper.class_, ClientScoped) and mapper.class_.__tablename__ not in NOT_INVENTED]
    found = {}
    with app.app_context(), system_scope():
        for model in (*models, ClientMembership):
            columns = [column for column in model.__table__.columns if column.name != "identity_code_digest"]
            if model is ClientMembership:
                columns = [column for column in columns if column.name != "id"]
            found[model.__tablename__] = sorted((tuple(row) for row in db.session.execute(select(*columns))), key=repr)
    return found


def people(app: Flask) -> dict[str, Client]:
    with app.app_context(), system_scope():
        return {client.id: client for client in db.session.scalars(select(Client))}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Ninety clients, loaded at one go."""
    app = make_app(tmp_path_factory.mktemp("whole"))
    prepare(app, 90, ON)
    return app


def test_two_databases_get_the_same_rows(whole: Flask, tmp_path: Path, postgres: Postgres) -> None:
    app = make_app(tmp_path, postgres.url("koto_owner", postgres.new_database()))
    prepare(app, 90, ON)
    found = content(app)
    assert len(found) >= 13 and all(found.values())
    assert len(found["client"]) == 90
    assert found == content(whole)


def test_a_loading_that_was_begun_goes_on_to_the_same_rows(whole: Flask, tmp_path: Path) -> None:
    app = make_app(tmp_path)
    prepare(app, 37, ON)
    for count in ("90", "50"):
        told = app.test_cli_runner().invoke(args=["demo", "load", "--clients", count, "--seed", "7", "--on", ON.isoformat()])
        assert told.stdout.startswith("clients: 90\n")
    begun, at_one_go = content(app), content(whole)
    # Who is shared is chosen once, among those who are there then.
    for table in ("client_membership", "participation", "county_statement"):
        del begun[table], at_one_go[table]
    assert begun == at_one_go


def test_another_seed_gives_other_clients(whole: Flask, tmp_path: Path) -> None:
    app = make_app(tmp_path)
    prepare(app, 0, ON)
    with app.app_context(), system_scope():
        load_clients(db.session, 90, 8, ON)
    assert len(people(app)) == 90 and not people(app).keys() & people(whole).keys()


def test_another_day_gives_the_same_persons_at_the_dates_of_that_day(whole: Flask, tmp_path: Path) -> None:
    later, app = date(2027, 3, 8), make_app(tmp_path)
    prepare(app, 90, later)
    assert people(app).keys() == people(whole).keys()
    assert max(client.relationship_started for client in people(whole).values()) <= ON
    assert ON < max(client.relationship_started for client in people(app).values()) <= later
