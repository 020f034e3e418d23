"""Demo data: the same seed gives the same clients, only of the artificial range, at every stage."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.clients.models import Client
from app.db.base import db
from app.demo.load import STAGES
from tests.support.app import make_app, prepare


def people(app: Flask) -> list[tuple[str, str, str | None, str]]:
    with app.app_context(), system_scope():
        rows = db.session.scalars(select(Client).order_by(Client.id))
        return [(row.id, row.name, row.identity_code, row.status) for row in rows if row.relationship_started.year < 2027]


def test_the_same_seed_gives_the_same_clients(tmp_path: Path) -> None:
    found = []
    for name in ("a", "b"):
        app = make_app(tmp_path / name)
        prepare(app, 60)
        found.append(people(app))
    assert found[0] == found[1] and len(found[0]) == 60


def test_codes_are_artificial_and_every_stage_is_there(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    prepare(app, 200)
    rows = people(app)
    assert all(900 <= int(code[7:10]) <= 999 for _id, _name, code, _status in rows if code)
    assert any(code is None for _id, _name, code, _status in rows)
    assert set(Counter(status for *_rest, status in rows)) == {name for name, _weight in STAGES}


def test_the_accounts_are_listed_as_the_contract_says(sqlite_app: Flask) -> None:
    found = json.loads(sqlite_app.test_cli_runner().invoke(args=["demo", "accounts", "--json"]).stdout)
    assert {row["username"] for row in found} == {"aino", "bengt", "cecilia", "eeva", "veera"}
    assert set(found[0]) == {"username", "password", "name", "role", "organisation_code", "organisation", "language"}


def test_an_identity_code_is_not_readable_at_rest(sqlite_app: Flask) -> None:
    rows = people(sqlite_app)
    code = next(code for _id, _name, code, _status in rows if code)
    raw = Path(sqlite_app.config["KOTO"].instance_dir / "koto.db").read_bytes()
    assert code.encode() not in raw
