"""`reports show`, and the commands of the snapshots."""

from __future__ import annotations

import json

import click
from flask.cli import AppGroup

from app.access.actor import system_scope
from app.db.base import db
from app.reports.areas import Level
from app.reports.catalogue.indicator import Audience
from app.reports.figures import Question, Viewer, figures
from app.reports.series.commands import reports_series
from app.reports.snapshot.commands import reports_check, reports_close, reports_snapshot

reports = AppGroup("reports")
for command in (reports_snapshot, reports_close, reports_check, reports_series):
    reports.add_command(command)


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
