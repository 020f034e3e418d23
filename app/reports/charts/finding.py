"""The sentences that say what a picture shows, and when nothing can be said; nothing in them rests on a figure that is hidden."""

from __future__ import annotations

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import ngettext

from app.reports.areas import Level
from app.reports.charts.finding_of_areas import said_of_areas
from app.reports.charts.finding_of_groups import said_of_groups
from app.reports.charts.finding_of_time import latest_of, opening, said_of_groups_in_time, said_of_time
from app.reports.charts.reading import Kind, Row, kind_of, rows_of
from app.reports.figures import Table
from app.reports.values import value_of


def finding_of(table: Table, language: str, own: str | None = None) -> str:
    """Say what the figures of a table show, in the language that is spoken; `own` is the code of the reader's own area."""
    if not table.figures:
        return _("There are no figures.")
    if all(one.is_hidden for one in table.figures):
        return _("None of the figures is shown, so that nobody can be recognised from them.")
    if all(not value_of(table.indicator, one) for one in table.figures if not one.is_hidden):
        return " ".join([_("Nothing was counted, so there is nothing to compare."), *_hidden(rows_of(table, language, own))])
    return " ".join([*_said(table, rows_of(table, language, own), language, own), *_of_then(table), *_still_open(table)])


def _said(table: Table, rows: list[Row], language: str, own: str | None) -> list[str]:
    kind = kind_of(table)
    if kind is Kind.TIME:
        return said_of_time(table)
    if kind in (Kind.AREAS, Kind.MANY_AREAS):
        return [*said_of_areas(table, rows, language, own), *_hidden(rows)]
    if kind is Kind.GROUPS_IN_TIME:
        return [*said_of_groups_in_time(table, rows), *_hidden(rows)]
    if kind in (Kind.GROUPS, Kind.CROSSING):
        return [*said_of_groups(table.indicator, rows), *_hidden(rows)]
    return opening(table, table.figures[0]) if len(table.figures) == 1 else [_("The figures stand in the table.")]


def _hidden(rows: list[Row]) -> list[str]:
    number = sum(row.is_hidden for row in rows)
    if not number:
        return []
    return [ngettext("%(num)d figure is not shown, so that nobody can be recognised from it.",
                     "%(num)d figures are not shown, so that nobody can be recognised from them.", number)]  # fmt: skip


def _of_then(table: Table) -> list[str]:
    """Say of which day the areas are, where they are not those of today."""
    on = table.question.areas_on
    return [_("The areas are as they were on %(day)s.", day=format_date(on))] if on and table.question.level is not Level.COUNTRY else []


def _still_open(table: Table) -> list[str]:
    is_open = latest_of(table) in table.open_periods
    return [_("The period is not closed yet: its figures may still change.")] if is_open else []
