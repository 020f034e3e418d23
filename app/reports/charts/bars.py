"""Lying bars in the order of their rows, each with its own text; what is hidden is an empty dashed box that says so."""

from __future__ import annotations

from typing import Any

import altair as alt

from app.reports.charts.inks import MAIN, MUTED, OTHER
from app.reports.charts.parts import LETTER, LINE_HEIGHT, Rows, fold
from app.reports.charts.picture import Mark

_ROW, _BAR, _TALL_ROW, _LOW_BAR = 34, 18, 50, 16
_MOST_LETTERS = 26
_BOX = 16


def bars(rows: Rows, marks: list[Mark], width: int, most: float, *, is_narrow: bool) -> Any:
    """Draw bars within `width`; the labels stand at their left, or above them where it is narrow."""
    labels = [fold(mark.label, 40 if is_narrow else _MOST_LETTERS) for mark in marks]
    left = 0 if is_narrow else int(LETTER * max(len(line) for label in labels for line in label.split("\n"))) + 8
    room = int(LETTER * max(len(mark.text) for mark in marks)) + 10
    lines = 1 if is_narrow else max(label.count("\n") for label in labels) + 1
    scale = alt.Scale(domain=[0, most], range=[left, max(width - room, left + 60)], nice=False)
    across = alt.Y("place:O", axis=None, scale=alt.Scale(domain=list(range(len(marks))), padding=0))
    base = alt.Chart(rows.add(_rows(marks, labels))).encode(y=across, x=alt.X("value:Q", axis=None, scale=scale))
    step = _TALL_ROW if is_narrow else _ROW + LINE_HEIGHT * (lines - 1) // 2
    return alt.layer(*_bars(base, is_narrow), *_labels(base, left, lines)).properties(width=width, height=step * len(marks))


def _rows(marks: list[Mark], labels: list[str]) -> list[dict[str, Any]]:
    has_own = any(mark.is_own for mark in marks)
    return [
        {"place": place, "value": mark.value or 0, "text": mark.text, "label": labels[place], "lines": labels[place].count("\n") + 1,
         "is_hidden": mark.is_hidden, "ink": MAIN if mark.is_own or not has_own else OTHER}
        for place, mark in enumerate(marks)
    ]  # fmt: skip


def _bars(base: Any, is_narrow: bool) -> list[Any]:
    down, size = (10, _LOW_BAR) if is_narrow else (0, _BAR)
    shown, hidden = base.transform_filter("!datum.is_hidden"), base.transform_filter("datum.is_hidden")
    return [
        shown.mark_bar(size=size, yOffset=down).encode(fill=alt.Fill("ink:N", scale=None)),
        shown.mark_text(align="left", baseline="middle", dx=6, dy=down).encode(text="text:N"),
        hidden.mark_point(
            shape="square",
            size=_BOX * _BOX,
            filled=False,
            stroke=MUTED,
            strokeDash=[3, 2],
            strokeWidth=1.2,
            xOffset=9,
            yOffset=down,
            opacity=1,
        ),
        hidden.mark_text(align="left", baseline="middle", dx=24, dy=down, color=MUTED, fontStyle="italic").encode(text="text:N"),
    ]


def _labels(base: Any, left: int, lines: int) -> list[Any]:
    if not left:
        return [base.mark_text(align="left", baseline="bottom", dy=-3).encode(x=alt.value(0), text="label:N")]
    # Vega sets the first of several lines where a single one would stand.
    return [
        base.transform_filter(f"datum.lines == {number}").mark_text(align="right", baseline="middle", dy=-LINE_HEIGHT / 2 * (number - 1))
        .encode(x=alt.value(left - 8), text="label:N")
        for number in range(1, lines + 1)
    ]  # fmt: skip
