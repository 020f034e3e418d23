"""What stands in the report of a quarter, from tables that the gate gave; in the language that is spoken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import format_datetime, format_percent
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.core.statute import in_words
from app.reports.areas import Level
from app.reports.board import year_before
from app.reports.catalogue.indicator import Indicator
from app.reports.charts.draw import Chart, charts_of
from app.reports.figures import NotForViewerError, Question, Table, Viewer
from app.reports.many import many
from app.reports.periods import Period
from app.reports.ready_made import READY_MADE
from app.reports.shown import change_text, direction_text, figure_text, period_text
from app.reports.tables import figures_table
from app.reports.values import area_name

# The quarter, and as many before it that the same of a year ago is among them.
SERIES = 5
_NAME_AND_TEXT = re.compile(r"<title>.*?</title><desc>(.*?)</desc>", re.S)


@dataclass(frozen=True)
class Part:
    """A key figure: its number, how it has gone, what is to be seen, the chart and the table of its quarters."""

    key: str
    name: str
    definition: str
    caution: str
    figure: str
    since_before: str
    since_a_year: str
    direction: str
    finding: str
    chart: Markup
    table: dict[str, Any]

    @property
    def is_empty(self) -> bool:
        return not self.table["rows"]


@dataclass(frozen=True)
class Report:
    """The whole report; `facts` and the definitions are pairs of a name and a text."""

    title: str
    area: str
    period: str
    facts: tuple[tuple[str, str], ...]
    is_open: bool
    parts: tuple[Part, ...]
    definitions: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def indicators_for(viewer: Viewer) -> list[Indicator]:
    """Give the key figures of the municipality's quarter that a viewer may see, in the order of their numbers. Raises NotForViewerError for none."""
    found = sorted(READY_MADE["municipality"].shown_to(viewer.audience), key=lambda one: one.id)
    if not found:
        raise NotForViewerError("the quarter")
    return found


def report_of(session: Session, viewer: Viewer, level: Level, area: str, period: Period, language: str) -> Report:
    """Give the report of an area. Raises NotForViewerError."""
    indicators, periods = indicators_for(viewer), _series(period)
    questions = [Question(one.id, level, periods, area) for one in indicators]
    # What the report rests on is the quarter it is about, not those beside it.
    first = Question(indicators[0].id, level, (period.id,), area)
    basis, *tables = many(session, viewer, [first, *questions], [first])
    charts = charts_of(session, tables, language)
    return Report(
        title=_("The quarter in figures"), area=area_name(level, area, language), period=period_text(period), facts=_facts(basis, level, area, period, language),
        is_open=period.id in basis.open_periods,
        parts=tuple(_part(table, chart, period, language) for table, chart in zip(tables, charts, strict=True)),
        definitions=tuple((f"{one.id} {one.text('name', language)}", _definition(one, language)) for one in indicators),
    )  # fmt: skip


def _series(period: Period) -> tuple[str, ...]:
    found = [period]
    while len(found) < SERIES:
        found.insert(0, found[0].previous)
    return tuple(one.id for one in found)


def _facts(basis: Table, level: Level, area: str, period: Period, language: str) -> tuple[tuple[str, str], ...]:
    return (
        (_("Area"), area_name(level, area, language)), (_("Period"), period_text(period)),
        (_("Situation at"), format_datetime(basis.cut_off, "short") if basis.cut_off else _("not counted yet")),
        (_("Persons whose record has the fields needed"), format_percent(basis.completeness, "#,##0.#\u00a0%") if basis.completeness is not None else "–"),
    )  # fmt: skip


def _part(table: Table, chart: Chart, period: Period, language: str) -> Part:
    one, by_period = table.indicator, {figure.period: figure for figure in table.figures}
    now, before, year_ago = (by_period.get(each.id) for each in (period, period.previous, year_before(period)))
    return Part(
        key=one.id, name=one.text("name", language), definition=one.text("definition", language), caution=one.text("caution", language),
        figure=figure_text(one, now) or "–", since_before=change_text(one, now, before), since_a_year=change_text(one, now, year_ago),
        direction=direction_text(one), finding=chart.finding, chart=for_paper(chart.svg), table=figures_table(table),
    )  # fmt: skip


def for_paper(svg: Markup) -> Markup:
    """Give the wide one of the two drawings; its title, which a PDF takes for the text in its place, says all that is heard of it."""
    # A string that is marked as markup would escape what is put into it.
    wide = str(svg)[: svg.find("</svg>") + len("</svg>")] if svg else ""
    return Markup(_NAME_AND_TEXT.sub(r"<title>\1</title>", wide))  # noqa: S704  It was drawn here, and what stood in it stands in it still.


def _definition(one: Indicator, language: str) -> tuple[tuple[str, str], ...]:
    rows: Sequence[tuple[str, str]] = (
        (_("Definition"), one.text("definition", language)), (_("What is counted"), one.text("numerator", language)),
        (_("Out of"), one.text("denominator", language)), (_("Read it so"), direction_text(one)), (_("To note"), one.text("caution", language)),
        (_("Section of the act"), in_words(one.basis)), (_("Version of the definition"), str(one.version)),
    )  # fmt: skip
    return tuple((name, text) for name, text in rows if text)
