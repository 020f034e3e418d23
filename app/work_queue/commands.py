"""Commands of the work queue."""

from __future__ import annotations

from datetime import date

import click
from flask.cli import AppGroup

from app.access.actor import system_scope
from app.db.base import db
from app.work_queue.digest import write_digests

work_queue = AppGroup("work-queue", help="What the work queue tells by itself.")


@work_queue.command("digest")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), default=None, help="The day; today without.")
def digest(on: object) -> None:
    """Write the daily digests; run twice on a day it writes none twice."""
    day = on.date() if hasattr(on, "date") else date.today()
    with system_scope():
        click.echo(write_digests(db.session, day))
