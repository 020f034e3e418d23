"""Pictures as specifications for Vega-Lite, one for a wide column and one for a telephone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from app.reports.charts.bars import bars
from app.reports.charts.inks import LINE, MUTED, TEXT
from app.reports.charts.lines import lines
from app.reports.charts.parts import LINE_HEIGHT, NARROW, SIZE, WIDE, Rows, heading
from app.reports.charts.picture import Mark, Picture
from app.reports.charts.reading import Kind
from app.reports.charts.strip import strip

_GAP = 28
_CONFIG = {
    # The widest of the common fonts, so that no other font of a reader is wider than was reckoned with.
    "font": "DejaVu Sans", "background": "transparent", "padding": 4, "view": {"stroke": None}, "concat": {"spacing": _GAP},
    "axis": {"labelColor": MUTED, "labelFontSize": SIZE, "title": None, "domainColor": LINE, "tickColor": LINE, "gridColor": LINE, "labelLimit": 0, "labelPadding": 6},
    "text": {"fontSize": SIZE, "lineHeight": LINE_HEIGHT, "lineBreak": "\n", "color": TEXT},
}  # fmt: skip


def specification(picture: Picture, *, is_narrow: bool) -> dict[str, Any]:
    """Give the specification of a picture with all its data in it."""
    rows = Rows()
    # What is put together here is tried by the tests; to validate each part again took longer than to draw.
    with debug_mode(False):
        made = _DRAWN[picture.kind](rows, picture, NARROW if is_narrow else WIDE, is_narrow)
    return {**made, "$schema": alt.SCHEMA_URL, "config": _CONFIG, "datasets": dict(rows)}


def _as_part(drawn: Any) -> dict[str, Any]:
    """Give a part as plain values: what holds it does not copy it then."""
    made: dict[str, Any] = drawn.to_dict(validate=False)
    return {name: value for name, value in made.items() if name not in ("$schema", "config")}


def _panels(picture: Picture) -> dict[str, list[Mark]]:
    made: dict[str, list[Mark]] = {}
    for mark in picture.marks:
        made.setdefault(mark.panel, []).append(mark)
    return made


def _bars(rows: Rows, picture: Picture, width: int, is_narrow: bool) -> dict[str, Any]:
    return _as_part(bars(rows, list(picture.marks), width, picture.most, is_narrow=is_narrow))


def _line(rows: Rows, picture: Picture, width: int, is_narrow: bool) -> dict[str, Any]:
    return _as_part(lines(rows, list(picture.marks), width, picture.axis, is_narrow=is_narrow))


def _panels_of_bars(rows: Rows, picture: Picture, width: int, is_narrow: bool) -> dict[str, Any]:
    columns = 1 if is_narrow else min(len(_panels(picture)), 3)
    each = (width - _GAP * (columns - 1)) // columns
    # A panel of a wide picture is as narrow as a telephone, so that its labels stand above its bars.
    made = [_as_part(heading(bars(rows, marks, each, picture.most, is_narrow=True), name)) for name, marks in _panels(picture).items()]
    return {"concat": made, "columns": columns}


def _panels_of_lines(rows: Rows, picture: Picture, width: int, is_narrow: bool) -> dict[str, Any]:
    columns = 1 if is_narrow else 2
    each = (width - _GAP * (columns - 1)) // columns
    made = [_as_part(heading(lines(rows, marks, each, picture.axis, is_narrow=True), name)) for name, marks in _panels(picture).items()]
    return {"concat": made, "columns": columns}


def _strip(rows: Rows, picture: Picture, width: int, is_narrow: bool) -> dict[str, Any]:
    return _as_part(strip(rows, picture, width, is_narrow=is_narrow))


_DRAWN: dict[Kind, Callable[[Rows, Picture, int, bool], dict[str, Any]]] = {
    Kind.TIME: _line, Kind.GROUPS: _bars, Kind.AREAS: _bars, Kind.CROSSING: _panels_of_bars, Kind.GROUPS_IN_TIME: _panels_of_lines, Kind.MANY_AREAS: _strip,
}  # fmt: skip
