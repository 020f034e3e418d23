"""The command of plans: `plans upkeep`, once a day."""

from __future__ import annotations

from datetime import date, datetime

import click
from flask.cli import AppGroup

from app.access.actor import system_scope
from app.db.base import db
from app.plans.upkeep import upkeep

plans = AppGroup("plans")


@plans.command("upkeep")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day it is done for; today without it.")
def plans_upkeep(on: datetime | None) -> None:
    """Bring agreed plans into force on their first day, and let interrupted ones go on after the last known day; once a day."""
    with system_scope():
        for what, number in sorted(upkeep(db.session, on.date() if on else date.today()).items()):
            click.echo(f"{what}: {number}")
