"""Figures as the rows of a table on a page: only what differs from row to row has a column."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask_babel import gettext as _

from app.codes.lists import values
from app.core.letters import with_large_letter
from app.reports.board import REGION, SIMILAR, WHOLE, Board, Line
from app.reports.catalogue.indicator import Indicator, Measure
from app.reports.dimensions import DIMENSIONS
from app.reports.figures import Figure, Table
from app.reports.periods import period_named
from app.reports.shown import SMALL, base_of, base_text, change_text, decile_text, figure_text, number_text, period_text
from app.reports.values import area_names, area_places
from app.web.language import current_language
from app.web.table import table

Address = Callable[[Indicator], str]
OfFigure = Callable[[Figure], str | None]


def kinds_beside() -> dict[str, str]:
    """Give the names of what a figure is held against."""
    return {SIMILAR: _("Municipalities like it, median"), REGION: _("Region"), WHOLE: _("Whole country")}


def figures_table(found: Table, address: OfFigure | None = None) -> dict[str, Any]:
    """Give the table of an answer: areas, periods and values that it tells apart, the number, and what the number rests on; a row leads to `address`."""
    question, indicator, language = found.question, found.indicator, current_language()
    names: dict[str, str] = {}
    if question.area is None:
        names["area"] = _("Area")
    if len(question.periods) > 1 or not (names or question.by):
        names["period"] = _("Period")
    names |= {key: with_large_letter(DIMENSIONS[key].name_in(language)) for key in question.by}
    names["figure"] = indicator.text("name", language)
    if indicator.measure is Measure.SPREAD:
        names["decile"] = _("Nine in ten at most")
    if indicator.measure is not Measure.COUNT:
        names["base"] = _("Behind the figure")
    cells = [_cell_of(name, found, language) for name in names]
    rows: list[tuple[str | None, list[Any]]] = [
        (address(one) if address else None, [cell(one) for cell in cells]) for one in _in_order(found, language)
    ]
    return table(names, rows)


def values_in_order(dimension: str) -> list[str]:
    """Give the values of a breakdown in the order they are shown."""
    found = DIMENSIONS[dimension]
    return [code for code, _fi, _sv in found.own] or [value.code for value in values(found.codes or "")]


def _in_order(found: Table, language: str) -> list[Figure]:
    places = area_places(found.question.level, language, found.question.areas_on)
    orders = [{value: at for at, value in enumerate(values_in_order(key))} for key in found.question.by]

    def place(one: Figure) -> Any:
        found_at = [(at.get(value, len(at)), value) for at, value in zip(orders, one.values, strict=True)]
        return places.get(one.area, len(places)), one.area, one.period, found_at

    return sorted(found.figures, key=place)


def _cell_of(name: str, found: Table, language: str) -> Callable[[Figure], str]:
    """Give what writes a column's cell of a figure."""
    indicator = found.indicator
    if name == "area":
        names = area_names(found.question.level, language, found.question.areas_on)
        return lambda one: names.get(one.area, one.area)
    if name in _WRITTEN:
        write = _WRITTEN[name]
        return lambda one: write(indicator, one, language)
    if name == "period":
        texts = {period: period_text(period_named(period)) for period in found.question.periods}
        return lambda one: texts[one.period]
    dimension, at = DIMENSIONS[name], found.question.by.index(name)
    return lambda one: dimension.label_of(one.values[at], language)


_WRITTEN: dict[str, Callable[[Indicator, Figure, str], str]] = {"decile": decile_text, "base": base_text, "figure": figure_text}


def lines_table(lines: Iterable[Line], kinds: Iterable[str], address: Address) -> dict[str, Any]:
    """Give the table of several indicators; a row leads to the page of its indicator."""
    language, named = current_language(), kinds_beside()
    shown = [kind for kind in kinds if kind in named]
    names = {"name": _("Indicator"), "now": _("Figure"), "before": _("From the period before"), "year": _("From a year ago"),
             **{kind: named[kind] for kind in shown}}  # fmt: skip
    rows: list[tuple[str | None, list[Any]]] = [
        (address(one.indicator),
         [one.indicator.text("name", language), _figure_with_note(one), change_text(one.indicator, one.now, one.before),
          change_text(one.indicator, one.now, one.year_ago), *(number_text(one.indicator, one.beside.get(kind)) for kind in shown)])
        for one in lines
    ]  # fmt: skip
    return table(names, rows)


def note_of(line: Line) -> str:
    """Say why a figure may mislead: few stand behind it. A plain number tells that itself."""
    base = None if line.indicator.measure is Measure.COUNT else base_of(line.indicator, line.now)
    return _("few behind it: %(number)d", number=base) if base is not None and 0 < base < SMALL else ""


def _figure_with_note(line: Line) -> str:
    figure, note = figure_text(line.indicator, line.now), note_of(line)
    return _("%(figure)s, %(note)s", figure=figure, note=note) if note else figure


def parts_table(board: Board, indicators: Iterable[Indicator], names_of: dict[str, str]) -> dict[str, Any]:
    """Give the table of the areas that an area consists of, in the order of their names."""
    language, shown = current_language(), list(indicators)
    rows: list[tuple[str | None, list[Any]]] = [
        (None, [name, *(figure_text(one, board.parts[code].get(one.id)) for one in shown)])
        for code, name in sorted(names_of.items(), key=lambda pair: pair[1].casefold()) if code in board.parts
    ]  # fmt: skip
    return table({"area": _("Area"), **{one.id: one.text("name", language) for one in shown}}, rows)
