"""Read a text file with a header row, its cells between commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from app.reports.series.rows import COLUMNS, MOST_ROWS, Row, UnreadableError

_BETWEEN = (";", ",", "\t")


def read_table(text: str) -> Iterator[Row]:
    """Give the rows below the header; empty lines are none. Raises UnreadableError."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        _check(header)
        for count, cells in enumerate(reader, start=1):
            if count > MOST_ROWS:
                raise UnreadableError("TOO_MANY", most=str(MOST_ROWS))
            if any(cell.strip() for cell in cells):
                # A cell too many has no column: the row cannot be told apart from one that is shifted.
                known = cells if len(cells) <= len(header) else []
                yield Row(reader.line_num, {column: cell.strip() for column, cell in zip(header, known, strict=False)})
    except csv.Error as error:
        raise UnreadableError("NOT_A_TABLE") from error


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0].lower()
    return max(_BETWEEN, key=lambda sign: sum(cell.strip().strip('"') in COLUMNS for cell in first.split(sign)))


def _check(header: list[str]) -> None:
    for column in header:
        if column not in COLUMNS:
            raise UnreadableError("COLUMN", column, columns=", ".join(COLUMNS))
        if header.count(column) > 1:
            raise UnreadableError("COLUMN_TWICE", column)
    for column in ("area", "figure"):
        if column not in header:
            raise UnreadableError("COLUMN_MISSING", column)
