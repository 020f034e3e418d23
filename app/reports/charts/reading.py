"""What a table is when it is looked at: the kind of picture, its rows in order, and what each says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _

from app.codes.lists import values
from app.reports.charts.words import figure_text, period_mark
from app.reports.dimensions import DIMENSIONS, UNKNOWN
from app.reports.figures import Figure, Table
from app.reports.periods import period_named
from app.reports.values import area_names, value_of

# More areas than this are no longer read one by one.
MOST_AREAS = 25


class Kind(StrEnum):
    """What is compared with what."""

    NOTHING = "NOTHING"
    TIME = "TIME"
    GROUPS = "GROUPS"
    GROUPS_IN_TIME = "GROUPS_IN_TIME"
    AREAS = "AREAS"
    MANY_AREAS = "MANY_AREAS"
    CROSSING = "CROSSING"


@dataclass(frozen=True)
class Row:
    """A figure with its label; `panel` is the small picture it stands in, `value` is None where there is nothing to draw."""

    label: str
    value: float | None
    text: str
    figure: Figure | None = None
    panel: str = ""
    is_own: bool = False
    is_open: bool = False

    @property
    def is_hidden(self) -> bool:
        return self.figure is not None and self.figure.is_hidden

    @property
    def is_unknown(self) -> bool:
        return (self.figure is not None and UNKNOWN[0] in self.figure.values) or not set(UNKNOWN).isdisjoint((self.label, self.panel))


def kind_of(table: Table) -> Kind:
    """Tell what kind of picture shows a table; a single figure is no picture."""
    areas, periods = {one.area for one in table.figures}, {one.period for one in table.figures}
    if len(areas) > 1 and len(periods) == 1 and not table.question.by:
        return Kind.AREAS if len(areas) <= MOST_AREAS else Kind.MANY_AREAS
    if len(areas) != 1 or len(table.figures) < 2:
        return Kind.NOTHING
    if len(table.question.by) == 2:
        return Kind.CROSSING if len(periods) == 1 else Kind.NOTHING
    if table.question.by:
        return Kind.GROUPS if len(periods) == 1 else Kind.GROUPS_IN_TIME
    return Kind.TIME


def rows_of(table: Table, language: str, own: str | None = None) -> list[Row]:
    """Give the rows of a table in the order in which they are looked at."""
    kind = kind_of(table)
    if kind in (Kind.AREAS, Kind.MANY_AREAS):
        return _areas(table, language, own)
    if kind in (Kind.TIME, Kind.GROUPS_IN_TIME):
        return _in_time(table, language)
    labels = [(_labels(table, one.values, language), one) for one in _ordered(table)]
    if kind is not Kind.CROSSING:
        return [_row(table, one, ", ".join(names)) for names, one in labels]
    # The breakdown with fewer values makes the panels, and each panel's rows stand together.
    first, second = ({names[place] for names, _one in labels} for place in (0, 1))
    panel = 0 if len(first) <= len(second) else 1
    panels = list(dict.fromkeys(names[panel] for names, _one in labels))
    found = [_row(table, one, names[1 - panel], names[panel]) for names, one in labels]
    return sorted(found, key=lambda row: panels.index(row.panel))


def _row(table: Table, figure: Figure, label: str, panel: str = "", *, is_own: bool = False) -> Row:
    value = value_of(table.indicator, figure)
    text = _("not shown") if figure.is_hidden else "–" if value is None else figure_text(table.indicator, value)
    return Row(label, value, text, figure, panel, is_own=is_own, is_open=figure.period in table.open_periods)


def _areas(table: Table, language: str, own: str | None) -> list[Row]:
    found, names = [], area_names(table.question.level, language, table.question.areas_on)
    for one in table.figures:
        name = names.get(one.area, one.area)
        found.append(_row(table, one, _("%(area)s (own)", area=name) if one.area == own else name, is_own=one.area == own))
    return sorted(found, key=lambda row: (row.value is None, -(row.value or 0), row.label))


def _in_time(table: Table, language: str) -> list[Row]:
    found = {(one.values, one.period): one for one in table.figures}
    made = []
    for group in dict.fromkeys(one.values for one in _ordered(table)):
        panel = ", ".join(_labels(table, group, language))
        for name in sorted(table.question.periods, key=lambda name: period_named(name).starts_on):
            figure = found.get((group, name))
            made.append(_row(table, figure, period_mark(name), panel) if figure else Row(period_mark(name), None, "", None, panel))
    return made


def _labels(table: Table, group: tuple[str, ...], language: str) -> tuple[str, ...]:
    return tuple(DIMENSIONS[key].label_of(value, language) for key, value in zip(table.question.by, group, strict=True))


def _order(key: str) -> dict[str, int]:
    """Give the place of each value of a dimension as it is shown; what is not known comes last."""
    dimension = DIMENSIONS[key]
    known = [code for code, _fi, _sv in dimension.own] or [value.code for value in values(dimension.codes or "")]
    return {code: place for place, code in enumerate([*known, UNKNOWN[0]])}


def _ordered(table: Table) -> list[Figure]:
    orders = [_order(key) for key in table.question.by]
    return sorted(
        table.figures, key=lambda one: [(order.get(value, len(order)), value) for order, value in zip(orders, one.values, strict=True)]
    )
