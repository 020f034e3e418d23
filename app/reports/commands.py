"""`reports snapshot`, `reports show`."""

from __future__ import annotations

import json
from datetime import date

import click
from flask.cli import AppGroup

from app.access.actor import system_scope
from app.db.base import db
from app.reports.areas import Level
from app.reports.catalogue.indicator import Audience
from app.reports.figures import Question, Viewer, figures
from app.reports.periods import UnknownPeriodError, period_named
from app.reports.series.commands import reports_series
from app.reports.snapshot.run import snapshot

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


@reports.command("show")
@click.argument("indicator")
@click.option("--organisation", required=True, help="The key of the municipality that reads.")
@click.option("--code", required=True)
@click.option("--period", required=True)
@click.option("--by", multiple=True)
def reports_show(indicator: str, organisation: str, code: str, period: str, by: tuple[str, ...]) -> None:
    """Print the figures of a municipality as JSON."""
    with system_scope():
        table = figures(
            db.session, Viewer(Audience.MUNICIPALITY, organisation), Question(indicator, Level.MUNICIPALITY, (period,), code, by)
        )
    click.echo(
        json.dumps([{"area": one.area, "period": one.period, "values": one.values, "figure": one.numerator} for one in table.figures])
    )
