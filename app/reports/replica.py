"""Where figures are read from: a copy of the database when there is one, so that large questions do not burden the register."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from app.db.base import db


@contextmanager
def reading() -> Iterator[Session]:
    """Give a session for `figures`: of the copy at `KOTO_REPORTS_DATABASE_URL`, else the application's own. Nothing is written with it."""
    engine = _copy()
    if engine is None:
        yield db.session
        return
    with Session(engine) as session:
        yield session


def _copy() -> Engine | None:
    settings = current_app.config["KOTO"]
    if not settings.reports_database_url:
        return None
    found: Engine | None = current_app.extensions.get("koto_reports_engine")
    if found is None:
        found = create_engine(settings.reports_database_url, **settings.engine_options())
        current_app.extensions["koto_reports_engine"] = found
    return found
