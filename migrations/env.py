"""Alembic's environment: the application's own engine and metadata, every table, FAB's too."""

import logging
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import TypeDecorator

from app.access.actor import system_scope

config = context.config
logging.getLogger("alembic").setLevel(logging.WARNING)
_extension = current_app.extensions["migrate"]


def as_stored(kind: str, item: Any, _autogen: Any) -> Any:
    """Write a type of ours as what the database holds: a migration may not change when the application's types do."""
    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


def run() -> None:
    with _extension.db.engine.connect() as connection, system_scope():
        context.configure(
            connection=connection,
            target_metadata=_extension.db.metadata,
            render_item=as_stored,
            **_extension.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
