"""`reports snapshot`, `reports close`, `reports check`."""

from __future__ import annotations

from datetime import date

import click
from flask import current_app
from flask.cli import with_appcontext

from app.access.actor import system_scope
from app.db.base import db
from app.reports.disclosure.publish import PartAfterWholeError, untold_of
from app.reports.models import ReportPeriod
from app.reports.periods import Period, UnknownPeriodError, period_named
from app.reports.snapshot.check import check_sample
from app.reports.snapshot.closing import NotReadyError, close
from app.reports.snapshot.job import register_snapshot, start_snapshot
from app.reports.snapshot.night import open_periods
from app.reports.snapshot.run import snapshot
from app.reports.snapshot.write import ClosedPeriodError

# A worker is started by a command too, so it knows the work as soon as this is imported.
register_snapshot()


def named(period: str) -> Period:
    """Read the name of a period. Raises UsageError."""
    try:
        return period_named(period)
    except UnknownPeriodError as unknown:
        raise click.UsageError(f"no period {unknown}: write 2026, 2026Q3 or 2026-09") from unknown


@click.command("snapshot")
@click.argument("period", required=False)
@click.option("--full", is_flag=True, help="Every municipality, whether or not anything has changed.")
@click.option("--job", "as_job", is_flag=True, help="Let the worker do it.")
@with_appcontext
def reports_snapshot(period: str | None, full: bool, as_job: bool) -> None:
    """Write the facts of a period, 2026, 2026Q3 or 2026-09; of all that are open without it."""
    if as_job and (full or not period):
        raise click.UsageError("--job takes a period, and writes what has changed")
    today = date.today()
    with system_scope():
        days = current_app.config["KOTO"].reports_closing_days
        wanted = [named(period)] if period else open_periods(db.session, today, days)
        try:
            if as_job:
                click.echo(f"job: {start_snapshot(db.session, wanted[0]).id}")
                db.session.commit()
                return
            done = snapshot(db.session, wanted, today, is_full=full)
        except ClosedPeriodError as closed:
            raise click.ClickException(str(closed)) from closed
    click.echo(f"periods: {' '.join(one.id for one in wanted)}\nmunicipalities written: {done.written}\nunchanged: {done.unchanged}")


@click.command("close")
@click.argument("period")
@with_appcontext
def reports_close(period: str) -> None:
    """Close a period that has ended, once every municipality has its facts, and publish it; its facts do not change any more."""
    with system_scope():
        try:
            is_new = close(db.session, named(period), date.today())
        except NotReadyError as refused:
            raise click.ClickException(
                f"{refused}: run `reports snapshot {period}`" if refused.lacks_figures else str(refused)
            ) from refused
        except PartAfterWholeError as refused:
            raise click.ClickException(f"period {period} cannot be closed: the year it is part of is closed") from refused
        db.session.commit()
        untold = untold_of(db.session.get(ReportPeriod, named(period).id))
    click.echo("closed" if is_new else "was closed before")
    for audience, blocks in untold.items():
        if blocks:
            click.echo(f"not told to {audience}, since it would expose someone: {', '.join(blocks)}")


@click.command("check")
@click.option("--municipalities", type=click.IntRange(1), help="So many drawn by lot; all without it.")
@with_appcontext
def reports_check(municipalities: int | None) -> None:
    """Compute open periods again and compare them with the facts kept. Exit 1 where they differ."""
    with system_scope():
        found = check_sample(db.session, date.today(), municipalities)
    click.echo(f"compared: {found.compared}\nwaiting for a snapshot: {found.passed_over}\ndifferences: {len(found.differences)}")
    for one in found.differences:
        click.echo(f"  {one.period_id} {one.organisation_id} {one.indicator}: {one.cells} cells")
    if found.differences:
        raise SystemExit(1)
