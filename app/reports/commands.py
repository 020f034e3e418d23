"""`reports list`, `show`, `paper`, `letters`, `series`, and the commands of the snapshots."""

from __future__ import annotations

from datetime import date

import click
from flask.cli import AppGroup

from app.access.actor import system_scope
from app.db.base import db
from app.reports.out.commands import list_indicators, show
from app.reports.paper.commands import paper
from app.reports.series.commands import reports_series
from app.reports.snapshot.commands import reports_check, reports_close, reports_snapshot
from app.reports.subscriptions.letters import write_letters

reports = AppGroup("reports")
for command in (reports_snapshot, reports_close, reports_check, reports_series):
    reports.add_command(command)


@reports.command("letters")
def reports_letters() -> None:
    """Write to the subscribers of reports whose period was closed; once a day."""
    with system_scope():
        click.echo(f"letters: {write_letters(db.session, date.today())}")


reports.add_command(list_indicators)
reports.add_command(show)
reports.add_command(paper)
