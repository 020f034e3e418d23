"""A file sent, returned with its marks, and read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from flask_babel import force_locale

from app.imports.reading.choices import Choices
from app.imports.reading.limits import Limits
from app.imports.reading.messages import Cell, End, Message, Row, Sheet, Trouble
from app.imports.reading.reader import read
from app.imports.returning.marks import Mark, mark_of
from app.imports.returning.workbook import Returned, marked_workbook

Rows = dict[tuple[str, int], tuple[Cell, ...]]


def returned(source: Path, marks: Iterable[Mark], out: Path, language: str = "fi", choices: Choices | None = None, limits: Limits | None = None) -> Returned:
    return marked_workbook(source, source.name, choices or Choices(), limits or Limits(), marks, language, out)


def there_and_back(
    source: Path, choices: Choices | None = None, limits: Limits | None = None, more: Callable[[list[Message]], Iterable[Mark]] | None = None
) -> tuple[list[Message], Returned, list[Message]]:
    """Give what reading the source tells, what was returned with a mark for each finding, and what reading that tells."""
    before = list(read(source, choices=choices, limits=limits))
    with force_locale("fi"):
        marks = [mark_of(one) for one in before if isinstance(one, Trouble)]
    out = source.with_name("returned")
    result = returned(source, [*marks, *(more(before) if more else ())], out, choices=choices, limits=limits)
    return before, result, list(read(out, f"returned.{result.ending}", choices))


def rows_in(messages: list[Message], shifted: bool = False) -> Rows:
    """Give the rows by sheet and number; `shifted` puts those of a list of objects under a header row."""
    sheets = {one.number: one for one in messages if isinstance(one, Sheet)}
    shift = {number: int(shifted and not sheet.header_row) for number, sheet in sheets.items()}
    return {(sheets[one.sheet].name, one.number + shift[one.sheet]): one.cells for one in messages if isinstance(one, Row)}


def columns_in(messages: list[Message]) -> dict[str, tuple[str, ...]]:
    return {one.name: one.columns for one in messages if isinstance(one, Sheet)}


def is_complete(messages: list[Message]) -> bool:
    return isinstance(messages[-1], End) and messages[-1].complete
