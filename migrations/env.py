"""Alembic's environment: the application's own engine and metadata, every table, FAB's too."""

import logging

from alembic import context
from flask import current_app

from app.access.actor import system_scope

config = context.config
logging.getLogger("alembic").setLevel(logging.WARNING)
_extension = current_app.extensions["migrate"]


def run() -> None:
    with _extension.db.engine.connect() as connection, system_scope():
        context.configure(
            connection=connection,
            target_metadata=_extension.db.metadata,
            **_extension.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
