"""All areas as strokes on one axis: where half of them lie, their median, and the reader's own."""

from __future__ import annotations

from typing import Any

import altair as alt

from app.reports.charts.inks import LINE, MAIN, OTHER, TEXT
from app.reports.charts.parts import Rows, fold, texts_of
from app.reports.charts.picture import Picture

_TOP, _FOOT, _HEIGHT = 44, 88, 124


def strip(rows: Rows, picture: Picture, width: int, *, is_narrow: bool) -> Any:
    """Draw the areas within `width`; the middle half is a box, and the own area a diamond with its name."""
    axis = picture.axis
    said = {str(place): text for place, (_value, text) in enumerate(axis)}
    x = alt.X("value:Q", scale=alt.Scale(domain=[0, axis[-1][0]], nice=False), axis=alt.Axis(
        values=[value for value, _text in axis], labelExpr=texts_of(said).replace("datum.value", f"round(datum.value / {axis[1][0]})"), grid=False, labelColor=TEXT))  # fmt: skip
    others = rows.add({"value": mark.value} for mark in picture.marks if mark.value is not None and not mark.is_own)
    strokes = alt.Chart(others).mark_rule(stroke=OTHER, strokeWidth=1.2, opacity=0.8).encode(x=x, y=alt.value(_TOP), y2=alt.value(_FOOT))
    return alt.layer(*_box(rows, picture, x), strokes, *_median(rows, picture, x), *_own(rows, picture, x, is_narrow)).properties(
        width=width - 30, height=_HEIGHT
    )


def _box(rows: Rows, picture: Picture, x: Any) -> list[Any]:
    if not picture.middle:
        return []
    low, _median, high = picture.middle
    box = alt.Chart(rows.add([{"value": low, "to": high}])).mark_rect(fill=LINE, fillOpacity=0.35, stroke=OTHER, strokeWidth=1)
    return [box.encode(x=x, x2="to:Q", y=alt.value(_TOP - 8), y2=alt.value(_FOOT + 8))]


def _median(rows: Rows, picture: Picture, x: Any) -> list[Any]:
    if not picture.middle:
        return []
    base = alt.Chart(rows.add([{"value": picture.middle[1], "text": picture.middle_text}])).encode(x=x)
    return [
        base.mark_rule(stroke=TEXT, strokeWidth=3).encode(y=alt.value(_TOP - 8), y2=alt.value(_FOOT + 8)),
        base.mark_text(align="center", baseline="top").encode(y=alt.value(_FOOT + 12), text="text:N"),
    ]


def _own(rows: Rows, picture: Picture, x: Any, is_narrow: bool) -> list[Any]:
    own: list[dict[str, Any]] = [
        {"value": mark.value, "text": fold(f"{mark.label}: {mark.text}", 24 if is_narrow else 60)}
        for mark in picture.marks
        if mark.is_own and mark.value is not None
    ]
    if not own:
        return []
    is_right = max(mark.value or 0 for mark in picture.marks if mark.is_own) > picture.most / 2
    base = alt.Chart(rows.add(own)).encode(x=x)
    return [
        base.mark_point(shape="diamond", size=260, filled=True, fill=MAIN, stroke=MAIN, opacity=1).encode(y=alt.value((_TOP + _FOOT) / 2)),
        base.mark_text(
            align="right" if is_right else "left", baseline="bottom", fontWeight="bold", lineBreak="\n", dx=4 if is_right else -4
        ).encode(y=alt.value(_TOP - 14), text="text:N"),
    ]
