"""Commands of retention: what would be deleted on a day, and deleting it; with PostgreSQL as the owner of the tables."""

from __future__ import annotations

import json
from datetime import date, datetime

import click
from flask.cli import AppGroup
from sqlalchemy import select

from app.access.actor import system_scope
from app.db.base import db
from app.organisations.models import Organisation
from app.retention.actions import preview, run

retention = AppGroup("retention", help="Delete what § 77 says is stored no longer.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")


@retention.command("preview")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As of this day; today without it.")
@_JSON
def retention_preview(on: datetime | None, as_json: bool) -> None:
    """Tell by organisation how many clients' data would be deleted on a day, and how many would stay and why."""
    day = on.date() if on else date.today()
    with system_scope():
        found = preview(db.session, day)
        codes = dict(db.session.execute(select(Organisation.id, Organisation.code).where(Organisation.id.in_(found))).tuples().all())
    rows = sorted(({"organisation": codes.get(key, key), "clients": 0, **numbers} for key, numbers in found.items()), key=lambda row: str(row["organisation"]))
    if as_json:
        click.echo(json.dumps({"on": day.isoformat(), "clients": sum(int(row["clients"]) for row in rows), "organisations": rows}))
        return
    for row in rows:
        click.echo(" ".join(f"{name}={value}" for name, value in row.items()))
    click.echo(f"{len(rows)} organisations on {day.isoformat()}")


@retention.command("run")
def retention_run() -> None:
    """Delete the data of clients whose relationship ended four years ago and that nothing keeps; the worker does it every night."""
    with system_scope():
        for what, number in sorted(run(db.session, date.today()).items()):
            click.echo(f"{what}: {number}")
