"""`reports series`: bring figures of another register in."""

from __future__ import annotations

import json
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.access.actor import system_scope
from app.db.base import db
from app.reports.series.bringing import bring_series
from app.reports.series.labels import in_words
from app.reports.series.rows import MOST_BYTES


@click.command("series")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, help="The register and its table, as they are named beside the figures.")
@click.option("--indicator", default="", help="Of all rows, when the file has no such column.")
@click.option("--period", default="", help="Of all rows, when the file has no such column.")
@click.option("--level", default="", help="Of all rows, when the file has no such column.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def reports_series(file: Path, source: str, indicator: str, period: str, level: str, as_json: bool) -> None:
    """Bring the figures of FILE in, CSV or JSON-stat 2.0: all of them, or none and exit 1 with what stops it."""
    with file.open("rb") as stream:
        # One byte more than is allowed tells that a file is too large.
        content = stream.read(MOST_BYTES + 1)
    with system_scope():
        brought = bring_series(db.session, content, source, indicator=indicator, period=period, level=level)
    findings = [in_words(one) for one in brought.findings]
    if as_json:
        document = {"ok": not findings, "figures": brought.figures, "left_out": brought.left_out, "findings": findings}
        click.echo(json.dumps(document, ensure_ascii=False))
    else:
        click.echo(f"figures: {brought.figures}, left out: {brought.left_out}")
        for one in findings:
            click.echo(f"row {one['row']} {one['column']}: {one['reason']['fi']} {one['cure']['fi']}")
    if findings:
        raise SystemExit(1)
