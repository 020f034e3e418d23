"""Pictures as specifications for Vega-Lite, one for a wide column and one for a telephone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import altair as alt

from app.reports.charts.bars import bars
from app.reports.charts.inks import LINE, MUTED, TEXT
from app.reports.charts.lines import lines
from app.reports.charts.parts import LINE_HEIGHT, NARROW, SIZE, WIDE, heading
from app.reports.charts.picture import Mark, Picture
from app.reports.charts.reading import Kind
from app.reports.charts.strip import strip

_GAP = 28


def specification(picture: Picture, *, is_narrow: bool) -> dict[str, Any]:
    """Give the specification of a picture with all its data in it."""
    drawn = _DRAWN[picture.kind](picture, NARROW if is_narrow else WIDE, is_narrow)
    made: dict[str, Any] = (
        # The widest of the common fonts, so that no other font of a reader is wider than was reckoned with.
        drawn.configure(font="DejaVu Sans", background="transparent", padding=4, view=alt.ViewConfig(stroke=None))
        .configure_axis(labelColor=MUTED, labelFontSize=SIZE, title=None, domainColor=LINE, tickColor=LINE, gridColor=LINE, labelLimit=0, labelPadding=6)
        .configure_text(fontSize=SIZE, lineHeight=LINE_HEIGHT, lineBreak="\n", color=TEXT)
        .configure_concat(spacing=_GAP)
        .to_dict(validate=False)
    )
    return made


def _panels(picture: Picture) -> dict[str, list[Mark]]:
    made: dict[str, list[Mark]] = {}
    for mark in picture.marks:
        made.setdefault(mark.panel, []).append(mark)
    return made


def _bars(picture: Picture, width: int, is_narrow: bool) -> Any:
    return bars(list(picture.marks), width, picture.most, is_narrow=is_narrow)


def _line(picture: Picture, width: int, is_narrow: bool) -> Any:
    return lines(list(picture.marks), width, picture.axis, is_narrow=is_narrow)


def _panels_of_bars(picture: Picture, width: int, is_narrow: bool) -> Any:
    columns = 1 if is_narrow else min(len(_panels(picture)), 3)
    each = (width - _GAP * (columns - 1)) // columns
    # A panel of a wide picture is as narrow as a telephone, so that its labels stand above its bars.
    made = [heading(bars(marks, each, picture.most, is_narrow=True), name) for name, marks in _panels(picture).items()]
    return alt.concat(*made, columns=columns)


def _panels_of_lines(picture: Picture, width: int, is_narrow: bool) -> Any:
    columns = 1 if is_narrow else 2
    each = (width - _GAP * (columns - 1)) // columns
    made = [heading(lines(marks, each, picture.axis, is_narrow=True), name) for name, marks in _panels(picture).items()]
    return alt.concat(*made, columns=columns)


def _strip(picture: Picture, width: int, is_narrow: bool) -> Any:
    return strip(picture, width, is_narrow=is_narrow)


_DRAWN: dict[Kind, Callable[[Picture, int, bool], Any]] = {
    Kind.TIME: _line, Kind.GROUPS: _bars, Kind.AREAS: _bars, Kind.CROSSING: _panels_of_bars, Kind.GROUPS_IN_TIME: _panels_of_lines, Kind.MANY_AREAS: _strip,
}  # fmt: skip
