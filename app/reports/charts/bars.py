"""Lying bars in the order of their rows, each with its own text; what is hidden is an empty dashed box that says so."""

from __future__ import annotations

from typing import Any

import altair as alt

from app.reports.charts.inks import MAIN, MUTED, OTHER, TEXT
from app.reports.charts.parts import LETTER, SIZE, data, fold, texts_of
from app.reports.charts.picture import Mark

_ROW, _BAR, _TALL_ROW, _LOW_BAR = 34, 18, 50, 16
_MOST_LETTERS = 26
_BOX = 16


def bars(marks: list[Mark], width: int, most: float, *, is_narrow: bool) -> Any:
    """Draw bars within `width`; the labels stand at their left, or above them where it is narrow."""
    labels = {str(place): fold(mark.label, 40 if is_narrow else _MOST_LETTERS) for place, mark in enumerate(marks)}
    left = 0 if is_narrow else int(LETTER * max(len(line) for label in labels.values() for line in label.split("\n"))) + 8
    room = int(LETTER * max(len(mark.text) for mark in marks)) + 10
    scale = alt.Scale(domain=[0, most], range=[0, max(width - left - room, 60)], nice=False)
    step = _TALL_ROW if is_narrow else _ROW
    axis = None if is_narrow else alt.Axis(labelExpr=texts_of(labels), domain=False, ticks=False, labelColor=TEXT, minExtent=left, maxExtent=left)
    across = alt.Y("place:O", axis=axis, scale=alt.Scale(domain=list(range(len(marks))), padding=0))
    base = alt.Chart(data(_rows(marks, labels, most))).encode(y=across, x=alt.X("value:Q", axis=None, scale=scale))
    return alt.layer(*_layers(base, is_narrow)).properties(width=width - left, height=step * len(marks))


def _rows(marks: list[Mark], labels: dict[str, str], most: float) -> list[dict[str, Any]]:
    has_own = any(mark.is_own for mark in marks)
    return [
        {"place": place, "value": mark.value or 0, "text": mark.text, "label": labels[str(place)], "is_hidden": mark.is_hidden,
         "ink": MAIN if mark.is_own or not has_own else OTHER}
        for place, mark in enumerate(marks)
    ]  # fmt: skip


def _layers(base: Any, is_narrow: bool) -> list[Any]:
    down, size = (10, _LOW_BAR) if is_narrow else (0, _BAR)
    shown, hidden = base.transform_filter("!datum.is_hidden"), base.transform_filter("datum.is_hidden")
    layers = [
        shown.mark_bar(size=size, yOffset=down).encode(fill=alt.Fill("ink:N", scale=None)),
        shown.mark_text(align="left", baseline="middle", dx=6, dy=down).encode(text="text:N"),
        hidden.mark_point(shape="square", size=_BOX * _BOX, filled=False, stroke=MUTED, strokeDash=[3, 2], strokeWidth=1.2, xOffset=9, yOffset=down, opacity=1),
        hidden.mark_text(align="left", baseline="middle", dx=24, dy=down, color=MUTED, fontStyle="italic").encode(text="text:N"),
    ]
    if is_narrow:
        layers.append(base.mark_text(align="left", baseline="bottom", dy=-3, fontSize=SIZE).encode(x=alt.value(0), text="label:N"))
    return layers
