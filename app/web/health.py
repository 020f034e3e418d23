"""Whether the process lives (`/healthz`), and whether it can serve (`/readyz`)."""

from __future__ import annotations

from typing import Any

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, current_app, jsonify
from sqlalchemy.exc import SQLAlchemyError

from app.db.base import db

health = Blueprint("health", __name__)


@health.get("/healthz")
def healthz() -> Any:
    return jsonify(status="ok")


@health.get("/readyz")
def readyz() -> Any:
    """Answer 200 when the database answers and stands at this release's migration, else 503."""
    wanted = ScriptDirectory(current_app.root_path + "/../migrations").get_current_head()
    try:
        with db.engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError:
        return jsonify(database="down", migrations="unknown"), 503
    is_current = found == wanted
    return jsonify(database="ok", migrations="ok" if is_current else "behind"), 200 if is_current else 503
