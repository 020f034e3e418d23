"""The one metadata and session; import `Model` from here, never `db.Model`."""

from __future__ import annotations

import sqlite3
from typing import Any

from flask_appbuilder import Model as FabModel
from flask_migrate import Migrate
from sqlalchemy import event
from sqlalchemy.engine import Engine

FabModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# FAB reads its models when this is imported, so the naming convention must stand above.
from flask_appbuilder.models.sqla.base import SQLA  # noqa: E402

Model = FabModel
db = SQLA(metadata=FabModel.metadata)
migrate = Migrate(compare_type=True, render_as_batch=True)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Turn on what PostgreSQL has by itself: foreign keys, and readers that do not block writers."""
    if isinstance(connection, sqlite3.Connection):
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA busy_timeout=5000")
        cursor.close()
