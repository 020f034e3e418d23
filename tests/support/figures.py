"""Facts as they are kept, and applications whose register a test may change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.base import db
from app.jobs.access import as_system
from app.reports.models import ReportFact
from tests.support.app import make_app, prepare
from tests.support.postgres import Postgres

# As many as other tests load, so that their database is copied.
CLIENTS = 300


def register_of_its_own(kind: str, folder: Path, postgres: Postgres | None, clients: int = CLIENTS) -> Flask:
    """Give an application over a database that nobody else uses, worked with as the tables' owner."""
    app = make_app(folder, postgres.url("koto_owner", postgres.new_database()) if kind == "postgresql" and postgres else None)
    prepare(app, clients)
    return app


@contextmanager
def working(app: Flask) -> Iterator[Session]:
    """Work on the register as the system."""
    with app.app_context(), as_system() as session:
        yield session
    with app.app_context():
        db.session.remove()


def facts(session: Session, period: str | None = None, org_id: str | None = None) -> list[tuple[Any, ...]]:
    """Give every fact with all it holds, in a fixed order."""
    columns = list(ReportFact.__table__.columns)
    wanted = select(*columns).order_by(*ReportFact.__table__.primary_key.columns)
    wanted = wanted if period is None else wanted.where(ReportFact.period_id == period)
    return [tuple(row) for row in session.execute(wanted if org_id is None else wanted.where(ReportFact.organisation_id == org_id))]
