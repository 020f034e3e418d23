"""Commands of transfers: `transfers run` every minute, `transfers escalate` every night; `organisations merge` when municipalities merge."""

from __future__ import annotations

from datetime import date, datetime

import click
from flask.cli import AppGroup

from app.access.actor import system_scope
from app.db.base import db
from app.transfers.merger import CannotMerge, merge, merger_of
from app.transfers.run import escalate, run

transfers, organisations = AppGroup("transfers"), AppGroup("organisations")
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


@organisations.command("merge")
@click.argument("old")
@click.argument("new")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The first day of the municipality that goes on.")
@click.option("--yes", is_flag=True, help="Do it; without it only the numbers are told.")
def organisations_merge(old: str, new: str, on: datetime, yes: bool) -> None:
    """Let clients, rights and open matters of the municipality OLD go on in NEW, by their codes; all or nothing."""
    day = on.date()
    if yes and day > date.today():
        raise click.ClickException(f"the day has not come: {day}")
    with system_scope():
        try:
            found = merge(db.session, merger_of(db.session, old, new, day))
        except CannotMerge as error:
            db.session.rollback()
            raise click.ClickException(str(error)) from error
        if yes:
            db.session.commit()
        else:
            db.session.rollback()
    for table, number in sorted(found.items()):
        click.echo(f"{table}: {number}")
    click.echo("done" if yes else "nothing was changed: do it with --yes")
