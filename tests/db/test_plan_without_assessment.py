"""The migration that lets a plan of the older act rest on no assessment keeps every row that hangs on a plan, and holds newer plans to one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.access.actor import system_scope
from app.db.base import db
from app.plans.models import IntegrationPlan
from tests.support.app import MIGRATIONS, make_app, prepare

_COUNTS = text(
    "SELECT (SELECT count(*) FROM integration_plan), (SELECT count(*) FROM goal), (SELECT count(*) FROM planned_service), (SELECT count(*) FROM plan_review)"
)


@pytest.fixture
def filled(tmp_path: Path) -> Flask:
    """A database that is remade: PostgreSQL alters its table in place."""
    app = make_app(tmp_path)
    prepare(app, 20)
    return app


def test_rows_stay_and_only_an_older_plan_goes_without(filled: Flask) -> None:
    with filled.app_context(), system_scope():
        before = db.session.execute(_COUNTS).one()
        db.session.rollback()
        assert min(before) > 0
        downgrade(directory=MIGRATIONS, revision="0034")
        upgrade(directory=MIGRATIONS)
        assert db.session.execute(_COUNTS).one() == before
        plan = db.session.scalars(select(IntegrationPlan).where(IntegrationPlan.drawn_up_date >= date(2025, 1, 1)).limit(1)).one()
        plan.assessment_id = None
        with pytest.raises(IntegrityError, match="assessment_unless_older"):
            db.session.flush()
        db.session.rollback()
        db.session.execute(
            text("UPDATE integration_plan SET drawn_up_date = '2024-12-31', assessment_id = NULL WHERE id = :id"), {"id": plan.id}
        )
        with pytest.raises(IntegrityError):
            db.session.execute(text("UPDATE goal SET plan_id = 'x' WHERE id = (SELECT min(id) FROM goal)"))
            db.session.commit()
        db.session.rollback()
