"""Whether the process lives (`/healthz`), and whether it can serve (`/readyz`)."""

from __future__ import annotations

import time
from typing import Any

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, current_app, jsonify
from sqlalchemy.exc import SQLAlchemyError

from app.db.base import db

health = Blueprint("health", __name__)
# Under this name the wiring gives the state of the workers, asked over a connection.
STATE_OF_WORKERS = "koto_state_of_workers"
# A worker that starts with the service has so many seconds to report, from the moment that stands under this name.
GRACE = 180
BEGAN = "koto_began"


@health.get("/healthz")
def healthz() -> Any:
    return jsonify(status="ok")


@health.get("/readyz")
def readyz() -> Any:
    """Answer 200 when the database answers, stands at this release's migration and a worker that belongs here reports, else 503."""
    wanted = ScriptDirectory(current_app.root_path + "/../migrations").get_current_head()
    try:
        with db.engine.connect() as connection:
            is_current = MigrationContext.configure(connection).get_current_revision() == wanted
            jobs = current_app.extensions[STATE_OF_WORKERS](connection) if is_current else "unknown"
    except SQLAlchemyError:
        return jsonify(database="down", migrations="unknown", jobs="unknown"), 503
    is_ready = is_current and (jobs == "ok" or not current_app.config["KOTO"].runs_jobs or time.monotonic() - current_app.extensions[BEGAN] < GRACE)
    return jsonify(database="ok", migrations="ok" if is_current else "behind", jobs=jobs), 200 if is_ready else 503
