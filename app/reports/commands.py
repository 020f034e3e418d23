"""`reports snapshot`, `reports list`, `reports show`, `reports paper`, `reports letters`."""

from __future__ import annotations

from datetime import date

import click
from flask.cli import AppGroup

from app.access.actor import system_scope
from app.db.base import db
from app.reports.out.commands import list_indicators, show
from app.reports.paper.commands import paper
from app.reports.periods import UnknownPeriodError, period_named
from app.reports.series.commands import reports_series
from app.reports.snapshot.run import snapshot
from app.reports.subscriptions.letters import write_letters

reports = AppGroup("reports")
reports.add_command(reports_series)


@reports.command("snapshot")
@click.argument("period")
def reports_snapshot(period: str) -> None:
    """Write the facts of a period: 2026, 2026Q3 or 2026-09."""
    try:
        wanted = period_named(period)
    except UnknownPeriodError as unknown:
        raise click.UsageError(f"no period {unknown}") from unknown
    with system_scope():
        click.echo(f"municipalities: {snapshot(db.session, wanted, date.today())}")


@reports.command("letters")
def reports_letters() -> None:
    """Write to the subscribers of reports whose period was closed; once a day."""
    with system_scope():
        click.echo(f"letters: {write_letters(db.session, date.today())}")


reports.add_command(list_indicators)
reports.add_command(show)
reports.add_command(paper)
