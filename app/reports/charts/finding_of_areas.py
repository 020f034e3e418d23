"""What is said of areas: the greatest of them, their median, and where the reader's own stands."""

from __future__ import annotations

from statistics import median

from flask_babel import gettext as _

from app.reports.catalogue.indicator import Indicator, Measure
from app.reports.charts.reading import Row
from app.reports.charts.words import figure_text, is_same, share_text
from app.reports.figures import Table
from app.reports.values import area_name

# A median of fewer areas says little.
_FEW = 3


def said_of_areas(table: Table, rows: list[Row], language: str, own: str | None) -> list[str]:
    """Say how the areas of one period differ and where the reader's own is among them."""
    shown = [row for row in rows if row.value is not None]
    said = _greatest(table, rows, shown, language) if table.indicator.measure is Measure.COUNT else _highest(table, shown, language)
    middle = median([row.value or 0 for row in shown]) if len(shown) >= _FEW else None
    if middle is not None:
        said.append(_("The median of the areas shown is %(figure)s.", figure=figure_text(table.indicator, middle)))
    mine = next((row for row in rows if row.is_own), None)
    return [*said, *(_own(table.indicator, mine, area_name(table.question.level, own or "", language, table.question.areas_on), shown, middle) if mine else [])]


def _name(table: Table, row: Row, language: str) -> str:
    return area_name(table.question.level, row.figure.area if row.figure else "", language, table.question.areas_on)


def _greatest(table: Table, rows: list[Row], shown: list[Row], language: str) -> list[str]:
    first, total = shown[0], sum(row.value or 0 for row in shown)
    if not first.value or (len(shown) > 1 and shown[1].value == first.value):
        return []
    name = _name(table, first, language)
    if any(row.is_hidden for row in rows):
        return [_("The largest area shown is %(area)s: %(figure)s.", area=name, figure=first.text)]
    return [
        _(
            "The largest area is %(area)s: %(figure)s, which is %(share)s of all.",
            area=name,
            figure=first.text,
            share=share_text(first.value / total),
        )
    ]


def _highest(table: Table, shown: list[Row], language: str) -> list[str]:
    high, low = shown[0], shown[-1]
    if high.value is None or low.value is None or is_same(table.indicator, low.value, high.value):
        return []
    return [_("It is highest in %(high)s, %(most)s, and lowest in %(low)s, %(least)s.",
              high=_name(table, high, language), most=high.text, low=_name(table, low, language), least=low.text)]  # fmt: skip


def _own(indicator: Indicator, mine: Row, name: str, shown: list[Row], middle: float | None) -> list[str]:
    if mine.is_hidden:
        return [_("The figure of %(area)s is not shown.", area=name)]
    if mine.value is None:
        return [_("Nothing was counted in %(area)s.", area=name)]
    if indicator.measure is Measure.COUNT:
        place = 1 + sum((row.value or 0) > mine.value for row in shown)
        return [
            _(
                "%(area)s: %(figure)s, number %(place)s of the %(number)s areas shown.",
                area=name,
                place=place,
                number=len(shown),
                figure=mine.text,
            )
        ]
    if middle is None or is_same(indicator, middle, mine.value):
        return [_("In %(area)s it is %(figure)s.", area=name, figure=mine.text)]
    if mine.value > middle:
        return [_("In %(area)s it is %(figure)s, more than the median.", area=name, figure=mine.text)]
    return [_("In %(area)s it is %(figure)s, less than the median.", area=name, figure=mine.text)]
