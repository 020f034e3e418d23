"""CSV and TSV: text whose cells are separated by a character."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import replace
from io import TextIOWrapper
from itertools import chain, islice
from typing import Any

from app.imports.reading.choices import DELIMITERS
from app.imports.reading.delimiters import declared, guess
from app.imports.reading.encodings import Encoding
from app.imports.reading.findings_sheet import DELIMITER, MARK, as_it_was
from app.imports.reading.messages import Cell, Sheet
from app.imports.reading.opening import Source, encoding_of, text_of
from app.imports.reading.table import Table
from app.imports.reading.teller import Stopped, Teller

_LOOKED_AT = 100


class _Last:
    """Remembers the line that was given last: a record that could not be divided into cells is given as it stands."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines, self.line = lines, ""

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.line = line
            yield line


class _Lines:
    """The lines of a text, none longer than the limit; counts them, so that a fault can be placed."""

    def __init__(self, text: TextIOWrapper, longest: int, sheet: str) -> None:
        self.text, self.longest, self.sheet = text, longest, sheet
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        while True:
            try:
                line = self.text.readline(self.longest)
            except UnicodeError as error:
                raise Stopped("BAD_ENCODING", sheet=self.sheet, row=self.number + 1, value=self.text.encoding) from error
            if not line:
                return
            if len(line) >= self.longest:
                raise Stopped("LONG_LINE", sheet=self.sheet, row=self.number + 1, value=line)
            self.number += 1
            yield line.removeprefix("\ufeff") if self.number == 1 else line


def read_delimited(source: Source, teller: Teller) -> None:
    """Tell a delimited text as one sheet."""
    with source.open() as file:
        start = file.read(len(codecs.BOM_UTF8) + len(MARK))
    is_returned = teller.names is not None or start.removeprefix(codecs.BOM_UTF8).startswith(MARK.encode())
    # What was chosen for the source does not hold for the files that were made of it.
    encoding, was_guessed = (Encoding("utf-8"), False) if is_returned and start.startswith(codecs.BOM_UTF8) else encoding_of(source, teller)
    source = replace(source, name=teller.called(source.name))
    with text_of(source, encoding) as text:
        lines = _Lines(text, teller.limits.line_characters, source.name)
        source_lines = iter(lines)
        sample = list(islice(source_lines, _LOOKED_AT))
        if is_returned and teller.leaves_out(csv.reader(sample[:1], delimiter=DELIMITER)):
            return
        delimiter, guessed, skipped = _delimiter(sample, teller, source)
        sheet = Sheet(
            number=teller.next_number(), name=source.name, kind="delimited", columns=(), encoding=encoding.name, delimiter=delimiter,
            guessed=(*(["encoding"] if was_guessed else []), *(["delimiter"] if guessed else [])),
        )  # fmt: skip
        table = Table(teller, sheet, pads=False)
        _tell_doubts(teller, source, encoding, delimiter)
        # Without a delimiter the text has one column: a character no text has stands in for it. The strict form repairs no quotes by guessing.
        csv.field_size_limit(teller.limits.line_characters)
        last = _Last(chain(sample[skipped:], source_lines))
        quote = teller.choices.quote if teller.names is None else '"'
        _rows(csv.reader(last, delimiter=delimiter or "\x1f", quotechar=quote, strict=True), table, last)


def _delimiter(sample: list[str], teller: Teller, source: Source) -> tuple[str | None, bool, int]:
    """Give the delimiter, whether it was guessed, and how many lines stand before the table."""
    said = declared(sample[0]) if sample else None
    skipped = 1 if said else 0
    if teller.names is not None:
        return DELIMITER, False, 0
    chosen = teller.choices.delimiter
    if chosen is not None:
        if chosen not in DELIMITERS:
            raise Stopped("UNKNOWN_CHOICE", sheet=source.name, value=chosen)
        return chosen, False, skipped
    if said in DELIMITERS:
        return said, False, skipped
    return guess(sample[skipped:], teller.choices.quote), True, skipped


def _tell_doubts(teller: Teller, source: Source, encoding: Encoding, delimiter: str | None) -> None:
    if encoding.mixed:
        teller.trouble("MIXED_ENCODING", sheet=source.name, value=encoding.name)
    elif not encoding.certain and encoding.name not in ("utf-16-le", "utf-16-be"):
        teller.trouble("UNCERTAIN_ENCODING", sheet=source.name, value=encoding.name)
    if delimiter is None:
        teller.trouble("ONE_COLUMN", sheet=source.name, row=1)


def _rows(reader: Any, table: Table, last: _Last) -> None:
    """Feed the records; each is a row of the spreadsheet, however many lines its quoted cells take."""
    number = 0
    while True:
        before = reader.line_num
        number += 1
        try:
            cells: list[Cell] = list(next(reader))
        except StopIteration:
            break
        except csv.Error as error:
            if reader.line_num - before > 1 or "end of data" in str(error):
                raise Stopped("UNCLOSED_QUOTE", sheet=table.sheet.name, row=number, value=error) from error
            table.stop_row("STRAY_QUOTE", number, last.line.rstrip("\r\n"))
            continue
        table.feed(number, cells if table.teller.names is None else [as_it_was(str(one)) for one in cells])
    table.finish()
