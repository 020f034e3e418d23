"""`reports paper`: the report of a quarter as a PDF file."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from app.access.actor import system_scope
from app.audit.record import record_event
from app.codes.lists import values
from app.db.base import db
from app.reports.areas import Level
from app.reports.figures import NotForViewerError
from app.reports.out.arguments import BadQuestionError, area_in
from app.reports.out.asking import LEVELS, refuse, viewer_named
from app.reports.paper.paper import printed, quarter_named, quarterly
from app.reports.periods import UnknownPeriodError
from app.web.language import speaking


@click.command("paper")
@click.argument("period")
@click.option("--level", type=click.Choice(sorted(LEVELS)), required=True)
@click.option("--code", help="The code of the area; not needed for the whole country.")
@click.option("--lang", "language", type=click.Choice(["fi", "sv"]), default="fi", show_default=True)
@click.option("--as", "username", required=True, help="Whose right decides what is shown.")
@click.option("--purpose", type=click.Choice([one.code for one in values("REPORT_PURPOSE")]), default="OTHER", show_default=True)
@click.option("--out", "out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@with_appcontext
def paper(period: str, level: str, code: str | None, language: str, username: str, purpose: str, out: Path) -> None:
    """Write the report of a quarter, such as 2026Q3, as a PDF. Exit 1 when it is refused with the reason, 2 for what names no quarter."""
    where = LEVELS[level]
    try:
        wanted = quarter_named(period)
    except UnknownPeriodError as unknown:
        raise click.UsageError(f"no quarter {unknown}") from unknown
    if where is not Level.COUNTRY and code is None:
        raise click.UsageError("an area needs its --code")
    with system_scope(), speaking(language):
        try:
            viewer, area = viewer_named(db.session, username), area_in(where, code) or "FI"
            made = quarterly(db.session, viewer, where, area, wanted, language)
        except (NotForViewerError, BadQuestionError) as refused:
            refuse(f"not for {username}: {refused}")
        record_event(db.session, "report:exported", criteria=printed(where, area, wanted, purpose))
        db.session.commit()
    out.write_bytes(made)
    click.echo(f"bytes: {len(made)}")
