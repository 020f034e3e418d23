"""Which character separates the cells of a text: the one that gives most rows the same number of cells."""

from __future__ import annotations

import csv
from collections import Counter

from app.imports.reading.choices import DELIMITERS

_ROWS = 60


def declared(first_line: str) -> str | None:
    """Give the delimiter that a first line `sep=;` declares; spreadsheets read that line and do not show it."""
    text = first_line.strip().strip('"')
    return text[4] if len(text) == 5 and text[:4].lower() == "sep=" else None


def guess(lines: list[str], quote: str) -> str | None:
    """Give the delimiter of a text, or None when no character makes columns."""
    scored = [(_score(lines, delimiter, quote), delimiter) for delimiter in DELIMITERS]
    best, delimiter = max(scored, key=lambda pair: pair[0])
    return delimiter if best > (0.0, 0) else None


def _score(lines: list[str], delimiter: str, quote: str) -> tuple[float, int]:
    """Give the share of rows that have the commonest number of cells, and that number; a header that has it weighs most."""
    widths: list[int] = []
    try:
        for cells in csv.reader(lines, delimiter=delimiter, quotechar=quote):
            if any(one.strip() for one in cells):
                widths.append(len(cells))
            if len(widths) >= _ROWS:
                break
    except csv.Error:
        pass
    several = [width for width in widths if width > 1]
    if not several:
        return (0.0, 0)
    width, number = max(Counter(several).items(), key=lambda pair: (pair[1], pair[0]))
    # The header has no decimal commas and no sentences, so it decides between two that fit the rows alike.
    header = 1.0 if widths[0] == width else 0.0
    return (number / len(widths) + header, width)
