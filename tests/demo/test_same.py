"""The same seed and day give the same rows, on either database and however often the loading was begun."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

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


def content(app: Flask) -> dict[str, list[tuple[Any, ...]]]:
    """Give every row that follows a client, by table, without what the installation's own key makes of it."""
    models = [mapper.class_ for mapper in Model.registry.mappers if issubclass(mapper.class_, ClientScoped)]
    found = {}
    with app.app_context(), system_scope():
        for model in (*models, ClientMembership):
            columns = [column for column in model.__table__.columns if column.name != "identity_code_digest"]
            if model is ClientMembership:
                columns = [column for column in columns if column.name != "id"]
            found[model.__tablename__] = sorted((tuple(row) for row in db.session.execute(select(*columns))), key=repr)
    return found


def loaded(folder: Path, clients: int, on: date = ON, url: str | None = None) -> Flask:
    app = make_app(folder, url)
    prepare(app, clients, on)
    return app


def test_two_databases_get_the_same_rows(tmp_path: Path, postgres: Postgres) -> None:
    first = content(loaded(tmp_path / "a", 200))
    second = content(loaded(tmp_path / "b", 200, url=postgres.url("koto_owner", postgres.new_database())))
    assert len(first) >= 13 and all(first.values())
    assert len(first["client"]) == 200
    assert first == second


def test_a_loading_that_was_begun_goes_on_to_the_same_rows(tmp_path: Path) -> None:
    app = loaded(tmp_path / "a", 37)
    with app.app_context(), system_scope():
        load_clients(db.session, 90, 7, ON)
        load_clients(db.session, 50, 7, ON)
    begun, whole = content(app), content(loaded(tmp_path / "b", 90))
    # Who is shared is chosen once, among those who are there then.
    del begun["client_membership"], whole["client_membership"]
    assert begun == whole


def test_another_seed_gives_other_clients(tmp_path: Path) -> None:
    app = loaded(tmp_path, 0)
    with app.app_context(), system_scope():
        load_clients(db.session, 40, 8, ON)
        other = {client.id for client in db.session.scalars(select(Client))}
    assert not other & {row[0] for row in content(loaded(tmp_path / "b", 40))["client"]}


def test_another_day_gives_the_same_persons_at_the_dates_of_that_day(tmp_path: Path) -> None:
    later = date(2027, 3, 8)
    people = []
    for name, on in (("a", ON), ("b", later)):
        app = loaded(tmp_path / name, 60, on)
        with app.app_context(), system_scope():
            people.append({client.id: client for client in db.session.scalars(select(Client))})
    assert people[0].keys() == people[1].keys()
    assert max(client.relationship_started for client in people[0].values()) <= ON
    assert ON < max(client.relationship_started for client in people[1].values()) <= later
