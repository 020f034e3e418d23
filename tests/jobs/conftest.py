"""One database of each kind for the folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.app import make_app, prepare
from tests.support.counting import Counting


def _on_sqlite(folder: Path) -> Counting:
    app = make_app(folder)
    prepare(app, 0)
    return Counting(app)


def _on_postgres(folder: Path, postgres: Any) -> Counting:
    """As in production: requests and a person's jobs by the role that is bound to an organisation, the rest by the owner."""
    name = postgres.new_database()
    prepare(make_app(folder, postgres.url("koto_owner", name)), 0)
    env = {"KOTO_DATABASE_URL": postgres.url("koto_web", name), "KOTO_OWNER_DATABASE_URL": postgres.url("koto_owner", name)}
    return Counting(make_app(folder, env["KOTO_DATABASE_URL"], env), env)


@pytest.fixture(scope="package", params=["sqlite", "postgresql"])
def counting(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counting]:
    folder = tmp_path_factory.mktemp("jobs")
    yield _on_sqlite(folder) if request.param == "sqlite" else _on_postgres(folder, request.getfixturevalue("postgres"))
