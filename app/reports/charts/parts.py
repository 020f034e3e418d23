"""Parts that several kinds of pictures are put together of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import altair as alt

from app.reports.charts.inks import TEXT

WIDE, NARROW = 640, 300
SIZE = 13
# Points that a letter takes at most on the average.
LETTER = 7.6
LINE_HEIGHT = 16


class Rows(dict[str, list[dict[str, Any]]]):
    """The data of a specification beside its layers, so that putting layers together does not copy the data each time."""

    def add(self, rows: Iterable[Mapping[str, Any]]) -> alt.NamedData:
        """Keep rows under a name of their own; nothing is ever fetched."""
        name = f"rows{len(self)}"
        self[name] = [dict(row) for row in rows]
        return alt.NamedData(name=name)


def fold(text: str, letters: int) -> str:
    """Break a long label at its words."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= letters:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def texts_of(labels: Mapping[str, str]) -> str:
    """Give the expression by which an axis tells its own places as these texts."""
    return f"split({json.dumps(labels, ensure_ascii=False)}[datum.value], '\\n')"


def heading(drawn: Any, text: str) -> Any:
    """Put a heading over a panel."""
    return drawn.properties(
        title=alt.TitleParams(
            text=fold(text, 36).split("\n"), anchor="start", frame="group", fontSize=SIZE, fontWeight="bold", color=TEXT, offset=8
        )
    )
