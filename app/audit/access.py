"""What the keeper of the log works with: an engine that may read it, the keys, and the anchor."""

from __future__ import annotations

from pathlib import Path

from flask import current_app
from sqlalchemy import Engine, create_engine

from app.audit.anchor import Anchor
from app.db.base import db


def audit_engine() -> Engine:
    """Give the engine of `KOTO_AUDIT_DATABASE_URL`, else the application's own: on PostgreSQL a serving role cannot read the log."""
    settings = current_app.config["KOTO"]
    if not settings.audit_database_url:
        return db.engine
    found: Engine | None = current_app.extensions.get("koto_audit_engine")
    if found is None:
        found = current_app.extensions["koto_audit_engine"] = create_engine(settings.audit_database_url, **settings.engine_options())
    return found


def current_anchor() -> Anchor:
    """Give the anchor of `KOTO_AUDIT_ANCHOR`, else the one in the instance directory."""
    settings = current_app.config["KOTO"]
    return Anchor(settings.audit_anchor or Path(settings.instance_dir) / "audit-anchor")
