"""An application of the training environment, with two trainees who have a place each."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.jobs.access import as_system
from app.training.places.actions import ask_place, begin_world, load_place
from app.users.queries import user_by_name
from tests.support.app import make_app, prepare
from tests.support.postgres import Postgres

TRAINEES = ("aino", "cecilia")
CLIENTS = 60


def make_places(app: Flask) -> dict[str, Any]:
    """Give the two trainees their places; gives the keys of the places by user name."""
    with app.app_context(), as_system() as session:
        begin_world(session, date.today())
        found = {}
        for name in TRAINEES:
            user: Any = user_by_name(session, name)
            place = ask_place(session, user.id)
            load_place(session, place)
            found[name] = place.id
        session.commit()
        return found


@pytest.fixture(params=["sqlite", "postgresql"])
def trained(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Flask, Flask, dict[str, Any]]:
    """The application as it serves, the same as the tables' owner, and the places."""
    settings = {"KOTO_ENVIRONMENT": "training"}
    if request.param == "sqlite":
        serving = owner = make_app(tmp_path, settings=settings)
        prepare(owner, CLIENTS)
    else:
        postgres: Postgres = request.getfixturevalue("postgres")
        database = postgres.new_database()
        owner = make_app(tmp_path, postgres.url("koto_owner", database), settings)
        prepare(owner, CLIENTS)
        serving = make_app(tmp_path, postgres.url("koto_web", database), settings)
    return serving, owner, make_places(owner)
