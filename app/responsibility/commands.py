"""Command of responsibility: `responsibility derive`, every night."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.access.actor import system_scope
from app.db.base import db
from app.responsibility.actions import derive_all

responsibility = AppGroup("responsibility")


@responsibility.command("derive")
def responsibility_derive() -> None:
    """Bring who is responsible in line with the municipalities' decisions; doing it again changes nothing."""
    with system_scope():
        click.echo(f"changed: {derive_all(db.session)}")
