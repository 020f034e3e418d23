"""Commands of transfers: `transfers run` every minute, `transfers escalate` every night."""

from __future__ import annotations

from datetime import date, datetime

import click
from flask.cli import AppGroup

from app.access.actor import system_scope
from app.db.base import db
from app.transfers.run import escalate, run

transfers = AppGroup("transfers")
_ON = click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day it is done for; today without it.")


@transfers.command("run")
@_ON
def transfers_run(on: datetime | None) -> None:
    """Deliver new transfers and move clients whose day has come; with PostgreSQL as the owner of the tables."""
    with system_scope():
        for what, number in sorted(run(db.session, on.date() if on else date.today()).items()):
            click.echo(f"{what}: {number}")


@transfers.command("escalate")
@_ON
def transfers_escalate(on: datetime | None) -> None:
    """Escalate transfers that were not answered in time; doing it again changes nothing."""
    with system_scope():
        for what, number in sorted(escalate(db.session, on.date() if on else date.today()).items()):
            click.echo(f"{what}: {number}")
