"""`reports list` and `reports show`: figures on the command line, as a person may see them or, without one, as everybody may."""

from __future__ import annotations

import json
import sys
from codecs import BOM_UTF8
from dataclasses import replace
from datetime import date, datetime

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from app.access.actor import system_scope
from app.audit.record import record_event
from app.db.base import db
from app.reports.areas import AsOf, Level
from app.reports.out.asking import LEVELS, refuse, viewer_named
from app.reports.out.arguments import BadQuestionError, area_in, breakdown, periods_between
from app.reports.catalogue.all import INDICATORS
from app.reports.figures import NotForViewerError, Question, Table, figures
from app.reports.out.as_json import indicator_document
from app.reports.out.contents import contents_of
from app.reports.out.events import criteria_of
from app.reports.out.forms import FORMS
from app.reports.periods import FIRST_YEAR, LAST_YEAR, Length, period_of

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("list")
@click.option("--json", "as_json", is_flag=True)
@with_appcontext
def list_indicators(as_json: bool) -> None:
    """List the indicators with their definitions."""
    if as_json:
        click.echo(json.dumps([indicator_document(one) for one in INDICATORS.values()], ensure_ascii=False))
        return
    for one in INDICATORS.values():
        click.echo(f"{one.id}  {one.text('name', 'fi')} / {one.text('name', 'sv')}  by: {', '.join(one.dimensions) or '-'}")


@click.command("show")
@click.argument("indicator")
@click.option("--level", type=click.Choice(sorted(LEVELS)), required=True)
@click.option("--code", help="The code of one area; all areas of the level without it.")
@click.option("--from", "first", type=_DAY, required=True, help="Periods that begin on this day or later …")
@click.option("--to", "last", type=_DAY, required=True, help="… and end on this day or earlier.")
@click.option("--length", type=click.Choice(["month", "quarter", "year"]), default="quarter", show_default=True)
@click.option("--areas", type=click.Choice(["then", "now"]), default="now", show_default=True, help="The areas of the last day of the last period, or of today.")
@click.option("--by", multiple=True, help="A breakdown, or two that are told together.")
@click.option("--format", "form", type=click.Choice(sorted(FORMS)), default="json", show_default=True)
@click.option("--language", type=click.Choice(["fi", "sv"]), default="fi", show_default=True)
@click.option("--as", "username", help="Whose right decides what is shown; without it what everybody may see.")
@with_appcontext
def show(indicator: str, level: str, code: str | None, first: datetime, last: datetime, length: str, areas: str, by: tuple[str, ...], form: str, language: str,
         username: str | None) -> None:  # fmt: skip
    """Print figures. Exit 1 when they are refused with the reason, 2 for arguments that make no question."""
    with system_scope():
        question = _question(indicator, LEVELS[level], code, (first.date(), last.date(), Length(length.upper())), by, AsOf(areas.upper()))
        try:
            table = figures(db.session, viewer_named(db.session, username), question)
        except NotForViewerError as refused:
            refuse(f"not for {username or 'everybody without --as'}: {refused}")
        _note(db.session, table, form, username)
        data = FORMS[form].write(contents_of(table), language)
        db.session.commit()
    # Programs that read a pipe take the mark that spreadsheets need for a part of the first heading.
    sys.stdout.buffer.write(data.removeprefix(BOM_UTF8))


def _question(indicator: str, level: Level, code: str | None, during: tuple[date, date, Length], by: tuple[str, ...], as_of: AsOf) -> Question:
    found = INDICATORS.get(indicator)
    if found is None:
        refuse(f"no indicator {indicator}; see `reports list`")
    first, last, length = during
    if not FIRST_YEAR <= first.year <= last.year <= LAST_YEAR:
        raise click.UsageError(f"no period lies between {first} and {last}")
    begins, ends = period_of(first, length), period_of(last, length)
    begins = begins if begins.starts_on >= first else begins.next
    ends = ends if ends.ends_on <= last else ends.previous
    if begins.starts_on > ends.starts_on:
        raise click.UsageError(f"no whole {length.lower()} lies between {first} and {last}")
    try:
        asked = Question(found.id, level, periods_between(begins, ends), None, breakdown(found, list(by)), as_of)
        return replace(asked, area=area_in(level, code, asked.areas_on))
    except BadQuestionError as bad:
        refuse(str(bad))


def _note(session: Session, table: Table, form: str, username: str | None) -> None:
    if username is not None:
        record_event(session, "report:exported", criteria=criteria_of(table.question, form, "OTHER"), hits=len(table.figures))
