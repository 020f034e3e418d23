"""What is said of a figure over time: the latest, and how it differs from the period before and from a year ago."""

from __future__ import annotations

from flask_babel import gettext as _

from app.reports.catalogue.indicator import Measure
from app.reports.charts.finding_of_groups import said_of_groups
from app.reports.charts.reading import Row
from app.reports.charts.words import change_text, figure_text, is_same, period_text
from app.reports.figures import Figure, Table
from app.reports.periods import Period, period_named
from app.reports.shown import SMALL, base_of
from app.reports.values import value_of


def latest_of(table: Table) -> str:
    """Give the name of the latest period asked."""
    return max(table.question.periods, key=lambda name: period_named(name).starts_on)


def a_year_before(period: Period) -> str:
    """Give the name of the same period of the year before."""
    name = period.id
    return f"{int(name[:4]) - 1:04}{name[4:]}"


def opening(table: Table, figure: Figure) -> list[str]:
    """Say what one figure is, and that it stands on few cases if it does."""
    value, period = value_of(table.indicator, figure), period_text(figure.period)
    if value is None:
        return [_("The figure for %(period)s is not shown, so that nobody can be recognised from it.", period=period)
                if figure.is_hidden else _("Nothing was counted for %(period)s.", period=period)]  # fmt: skip
    said = figure_text(table.indicator, value)
    if table.indicator.measure is Measure.SPREAD:
        first = _("The median for %(period)s is %(figure)s.", period=period, figure=said)
    elif table.indicator.measure is Measure.MEAN:
        first = _("The average for %(period)s is %(figure)s.", period=period, figure=said)
    else:
        first = _("The figure for %(period)s is %(figure)s.", period=period, figure=said)
    base = base_of(table.indicator, figure) or 0
    is_small = table.indicator.measure is not Measure.COUNT and base < SMALL
    return [first, _("It stands on few cases: %(number)s.", number=base)] if is_small else [first]


def said_of_time(table: Table) -> list[str]:
    """Say the latest figure and what it is compared with."""
    found = {one.period: one for one in table.figures}
    name = latest_of(table)
    if name not in found:
        return [_("There is no figure for %(period)s.", period=period_text(name))]
    period = period_named(name)
    said = opening(table, found[name])
    after = value_of(table.indicator, found[name])
    if after is None:
        return said
    said += _since_the_period_before(table, found.get(period.previous.id), after)
    if a_year_before(period) != period.previous.id:
        said += _since_a_year_before(table, found.get(a_year_before(period)), after)
    return said


def _since_the_period_before(table: Table, figure: Figure | None, after: float) -> list[str]:
    if figure is None:
        return []
    before = value_of(table.indicator, figure)
    if before is None:
        return [_("It cannot be compared with the period before, whose figure is not shown.")] if figure.is_hidden else []
    if is_same(table.indicator, before, after):
        return [_("It is the same as in the period before.")]
    change, was = change_text(table.indicator, before, after), figure_text(table.indicator, before)
    if after > before:
        return [_("It is %(change)s more than in the period before (%(before)s).", change=change, before=was)]
    return [_("It is %(change)s less than in the period before (%(before)s).", change=change, before=was)]


def _since_a_year_before(table: Table, figure: Figure | None, after: float) -> list[str]:
    before = value_of(table.indicator, figure) if figure else None
    if before is None:
        return []
    if is_same(table.indicator, before, after):
        return [_("It is the same as in the same period a year before.")]
    change, was = change_text(table.indicator, before, after), figure_text(table.indicator, before)
    if after > before:
        return [_("It is %(change)s more than in the same period a year before (%(before)s).", change=change, before=was)]
    return [_("It is %(change)s less than in the same period a year before (%(before)s).", change=change, before=was)]


def said_of_groups_in_time(table: Table, rows: list[Row]) -> list[str]:
    """Say the groups of the latest period, and which has changed most since the period before."""
    name = latest_of(table)
    last = [row for row in rows if row.figure and row.figure.period == name]
    if not last:
        return [_("There is no figure for %(period)s.", period=period_text(name))]
    return [*said_of_groups(table.indicator, last), *_changed_most(table, rows, last)]


def _changed_most(table: Table, rows: list[Row], last: list[Row]) -> list[str]:
    name = period_named(latest_of(table)).previous.id
    before = {row.panel: row for row in rows if row.figure and row.figure.period == name}
    apart = []
    for row in last:
        earlier = before.get(row.panel)
        if row.value is None or earlier is None or earlier.value is None or is_same(table.indicator, earlier.value, row.value):
            continue
        if all(one.figure and (base_of(table.indicator, one.figure) or 0) >= SMALL for one in (row, earlier)):
            apart.append((earlier.value, row.value, row.panel))
    if not apart:
        return []
    was, is_now, group = max(apart, key=lambda found: abs(found[1] - found[0]))
    change = change_text(table.indicator, was, is_now)
    if is_now > was:
        return [_("The greatest change since the period before is in %(group)s: %(change)s more.", group=group, change=change)]
    return [_("The greatest change since the period before is in %(group)s: %(change)s less.", group=group, change=change)]
