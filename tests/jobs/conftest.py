"""One database of each kind for the folder."""

from __future__ import annotations

import pytest

from tests.support.app import make_app, prepare
from tests.support.counting import Counting
from tests.support.postgres import Postgres

# As many as the tests of faults load, so that their database is copied.
CLIENTS = 30


@pytest.fixture(scope="package")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Counting:
    app = make_app(tmp_path_factory.mktemp("jobs-sqlite"))
    prepare(app, CLIENTS)
    return Counting(app)


@pytest.fixture(scope="package")
def on_postgres(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Counting:
    """As in production: requests and a person's jobs by the role that is bound to an organisation, the rest by the owner."""
    folder, name = tmp_path_factory.mktemp("jobs-postgres"), postgres.new_database()
    prepare(make_app(folder, postgres.url("koto_owner", name)), CLIENTS)
    env = {"KOTO_DATABASE_URL": postgres.url("koto_web", name), "KOTO_OWNER_DATABASE_URL": postgres.url("koto_owner", name)}
    return Counting(make_app(folder, env["KOTO_DATABASE_URL"], env), env)


@pytest.fixture(params=["on_sqlite", "on_postgres"])
def counting(request: pytest.FixtureRequest) -> Counting:
    """The jobs of each database."""
    found: Counting = request.getfixturevalue(request.param)
    return found
