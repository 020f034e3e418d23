"""A line over periods with a point for each; a period that is not closed has a hollow point, and one that is hidden a dashed rule that says so."""

from __future__ import annotations

from typing import Any

import altair as alt

from app.reports.charts.inks import MAIN, MUTED, PAPER, TEXT
from app.reports.charts.parts import LETTER, Rows, texts_of
from app.reports.charts.picture import Mark

_HEIGHT = 220
# Lower than this share of the highest, a text under a point would stand on the axis.
_FOOT = 0.15
Axis = tuple[tuple[float, str], ...]


def lines(rows: Rows, marks: list[Mark], width: int, axis: Axis, *, is_narrow: bool) -> Any:
    """Draw a line within `width`."""
    left = int(LETTER * max(len(text) for _place, text in axis)) + 12
    labels = {str(place): mark.label for place, mark in enumerate(marks)}
    said = {str(place): text for place, (_value, text) in enumerate(axis)}
    x = alt.X("place:O", scale=alt.Scale(type="point", domain=list(range(len(marks))), padding=0.5), axis=alt.Axis(
        labelExpr=texts_of(labels), labelAngle=0, values=_told(len(marks), 5 if is_narrow else 10), ticks=True, labelColor=TEXT, labelOverlap=False))  # fmt: skip
    y = alt.Y("value:Q", scale=alt.Scale(domain=[0, axis[-1][0]], nice=False), axis=alt.Axis(
        values=[value for value, _text in axis], labelExpr=_nearest(axis, said), grid=True, domain=False, ticks=False, minExtent=left, maxExtent=left))  # fmt: skip
    base = alt.Chart(rows.add(_rows(marks, is_narrow))).encode(x=x, y=y)
    return alt.layer(*_layers(base)).properties(width=width - left, height=_HEIGHT - (60 if is_narrow else 0))


def _nearest(axis: Axis, said: dict[str, str]) -> str:
    """Give the text of a place of the axis; by its number, since fractions are not told exactly."""
    step = axis[1][0]
    return f"{texts_of(said).replace('datum.value', f'round(datum.value / {step})')}"


def _told(number: int, most: int) -> list[int]:
    """Give the places that have a label: evenly, and always the last."""
    step = -(-number // most)
    return list(range(number - 1, -1, -step))[::-1]


def _rows(marks: list[Mark], is_narrow: bool) -> list[dict[str, Any]]:
    given = [place for place, mark in enumerate(marks) if mark.value is not None]
    told = set(given)
    if len(given) > (5 if is_narrow else 9):
        told = {
            given[0],
            given[-1],
            min(given, key=lambda place: marks[place].value or 0),
            max(given, key=lambda place: marks[place].value or 0),
        }
    return [
        {"place": place, "value": mark.value, "text": mark.text if place in told else "", "is_hidden": mark.is_hidden, "is_open": mark.is_open,
         "is_low": _is_low(marks, place), "said": mark.text}
        for place, mark in enumerate(marks)
    ]  # fmt: skip


def _is_low(marks: list[Mark], place: int) -> bool:
    """Tell whether the line rises on both sides of a point, so that its text has room under it."""
    value = marks[place].value
    beside = [
        one
        for one in (marks[place - 1].value if place else None, marks[place + 1].value if place + 1 < len(marks) else None)
        if one is not None
    ]
    most = max(mark.value or 0 for mark in marks)
    return value is not None and bool(beside) and all(one > value for one in beside) and value > most * _FOOT


def _layers(base: Any) -> list[Any]:
    shown, hidden = base.transform_filter("datum.value !== null"), base.transform_filter("datum.is_hidden")
    text = {"align": "center", "fontWeight": "bold"}
    # Letters stand on an edge of the paper's colour, so that a line behind them does not cross them out.
    said = [
        shown.transform_filter(where).mark_text(**text, **edge, baseline=baseline, dy=dy).encode(text="text:N")
        for where, baseline, dy in (("!datum.is_low", "bottom", -9), ("datum.is_low", "top", 9))
        for edge in ({"stroke": PAPER, "strokeWidth": 4}, {})
    ]
    return [
        hidden.mark_rule(stroke=MUTED, strokeDash=[3, 3]).encode(y=alt.value(0), y2=alt.value("height")),
        hidden.mark_text(angle=270, align="left", baseline="bottom", dy=-4, color=MUTED, fontStyle="italic").encode(
            y=alt.value("height"), text="said:N"
        ),
        base.mark_line(stroke=MAIN, strokeWidth=2.5),
        shown.mark_point(size=60, filled=True, fill=MAIN, stroke=MAIN, strokeWidth=2, opacity=1),
        shown.transform_filter("datum.is_open").mark_point(size=60, filled=True, fill=PAPER, stroke=MAIN, strokeWidth=2, opacity=1),
        *said,
    ]
