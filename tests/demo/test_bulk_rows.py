"""Rows in bulk go past the unit of work, but not past the walls below it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import ProgrammingError

from app.access.actor import Scope, acting_scope, system_scope
from app.access.wall import ForeignRowError
from app.clients.facts import Note
from app.clients.models import Client
from app.db.base import db
from app.demo.draw import Draw
from app.demo.load import load_clients
from app.demo.rows import Batch, ClientRows
from app.organisations.models import organisation_key
from tests.support.app import counted_statements, make_app, prepare

A = organisation_key("MUNICIPALITY", "092")
DAY = date(2026, 10, 1)


def batch_with_a_note(app: Flask, **changed: Any) -> Batch:
    """Give a batch that holds one entry about a client of A."""
    with app.app_context(), acting_scope(Scope(A)):
        key = db.session.scalars(select(Client.id).order_by(Client.id).limit(1)).one()
    batch = Batch()
    ClientRows(batch, Draw("test"), key, A, None).add(Note, DAY, **{"kind": "OTHER", "entry_date": DAY, "content": "x", **changed})
    return batch


def notes(app: Flask) -> int:
    with app.app_context(), acting_scope(Scope(A)):
        return int(db.session.scalar(select(func.count()).select_from(Note)) or 0)


@pytest.mark.parametrize("scope", [Scope(), Scope(A)])
def test_only_the_system_writes_in_bulk(app: Flask, scope: Scope) -> None:
    batch, before = batch_with_a_note(app), notes(app)
    with app.app_context(), acting_scope(scope), pytest.raises(ForeignRowError):
        batch.write(db.session, date.today())
    assert notes(app) == before


def test_the_serving_role_is_refused_by_the_database(postgres_app: Flask) -> None:
    batch, before = batch_with_a_note(postgres_app), notes(postgres_app)
    with postgres_app.app_context(), system_scope(), pytest.raises(ProgrammingError, match="row-level security"):
        batch.write(db.session, date.today())
    assert notes(postgres_app) == before


def test_a_batch_costs_one_statement_a_table(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    prepare(app, 0)
    with counted_statements(app) as statements, app.app_context(), system_scope():
        load_clients(db.session, 120, 7)
    assert 15 < sum(statement.startswith("INSERT") for statement in statements) <= 41
    # Some twenty of them make the first versions of a few plans, each by reading.
    assert len(statements) <= 90


def test_a_column_that_is_not_there_is_a_fault(sqlite_app: Flask) -> None:
    with pytest.raises(TypeError, match="no_such"):
        batch_with_a_note(sqlite_app, no_such="x")


def test_rows_of_a_day_keep_their_order_within_it() -> None:
    found: list[dict[str, Any]] = []

    class Kept(Batch):
        def add(self, model: Any, values: dict[str, Any]) -> None:
            found.append(values)

    rows = ClientRows(Kept(), Draw("test"), "key", A, None)
    for _number in range(40):
        rows.add(Note, DAY, kind="OTHER", entry_date=DAY, content="x")
    moments = [row["created_at"] for row in found]
    assert moments == sorted(set(moments)) and {moment.date() for moment in moments} == {DAY}
