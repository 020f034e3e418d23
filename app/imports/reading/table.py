"""From the bare rows of a delimited text or a worksheet to a sheet with a header and rows that fit it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.imports.reading.checks import is_error
from app.imports.reading.headers import LOOKED_AT, guess_header, is_blank, looks_like_data, names_of
from app.imports.reading.messages import NOT_GIVEN, Cell, Sheet
from app.imports.reading.teller import Stopped, Teller

# Rows are compared with those before them while the numbers of them fit in about 30 megabytes.
_COMPARED = 200_000


_NOTHING: Mapping[int, tuple[str, str]] = {}


@dataclass(frozen=True)
class Merged:
    """Cells joined into one, counted from 1."""

    row: int
    column: int
    last_row: int
    last_column: int


def _word(value: str) -> str:
    return value if is_error(value) else NOT_GIVEN


class Table:
    """Takes rows in their order; `finish` ends it."""

    def __init__(self, teller: Teller, sheet: Sheet, *, pads: bool, merged: tuple[Merged, ...] = ()) -> None:
        self.teller, self.sheet, self.merged = teller, sheet, merged
        # A worksheet leaves out the empty cells at the end of a row; in a delimited text a missing cell is a fault.
        self.pads = pads or teller.choices.fills_short_rows
        self.width = 0
        self.header: list[Cell] = []
        self._first: list[tuple[int, list[Cell]]] = []
        self._is_open = False
        self._seen: set[int] = set()
        self._lost: dict[int, Mapping[int, tuple[str, str]]] = {}
        self._rows_before = teller.rows

    def feed(self, number: int, cells: list[Cell], lost: Mapping[int, tuple[str, str]] = _NOTHING) -> None:
        """Take a row; blank ones are counted and passed over. `lost` tells by column what the parser could not give."""
        if lost:
            self._lost[number] = lost
        elif all(is_blank(one) for one in cells):
            self.teller.blank_rows += 1
            return
        if self._is_open:
            self._row(number, cells)
            return
        self._first.append((number, cells))
        if len(self._first) >= LOOKED_AT:
            self._open()

    def stop_row(self, code: str, number: int, raw: str) -> None:
        """Take a row that could not be read."""
        if not self._is_open:
            if not self._first:
                # Without its header the table means nothing.
                raise Stopped("UNCLOSED_QUOTE", sheet=self.sheet.name, row=number)
            self._open()
        self.teller.stop_row(code, number, raw=raw)

    def finish(self) -> None:
        """End the sheet."""
        if not self._is_open:
            self._open()
        if self.teller.rows == self._rows_before and self.header:
            self.teller.trouble("NO_ROWS", row=self.sheet.header_row)

    def _open(self) -> None:
        self._is_open = True
        chosen = self.teller.choices.header_row
        first = self._first
        if not first:
            self.teller.begin(self.sheet)
            self.teller.trouble("EMPTY_SHEET")
            return
        index = guess_header(first)
        if chosen is not None:
            index = next((at for at, (number, _cells) in enumerate(first) if number == chosen), -1)
            if index < 0:
                raise Stopped("UNKNOWN_CHOICE", sheet=self.sheet.name, row=chosen, value=chosen)
        number, header = first[index]
        guessed = self.sheet.guessed if chosen is not None else (*self.sheet.guessed, "header_row")
        spread = self._spread(number, header)
        names, again, empty = names_of(spread)
        self.header, self.width = header[: len(names)], len(names)
        self.sheet = replace(self.sheet, columns=names, header_row=number, guessed=guessed)
        self.teller.begin(self.sheet)
        self._tell_header(number, again, empty, is_first=index == 0 or chosen is not None)
        for row in first[:index]:
            self.teller.pass_over(*row)
        self.teller.pass_over(number, spread)
        for row in first[index + 1 :]:
            self._row(*row)
        self._first = []

    def _spread(self, number: int, header: list[Cell]) -> list[Cell]:
        """Give the columns under a joined header cell its text, so that each has a name of its own."""
        cells = list(header)
        for one in self.merged:
            if one.row <= number <= one.last_row and one.column <= len(cells):
                self.teller.trouble("MERGED_HEADER", sheet=self.sheet.name, row=one.row, column=one.column, value=cells[one.column - 1])
                # A header may be shorter than the rows under it; further than they reach nothing is named.
                widest = max(len(row) for _number, row in self._first)
                cells += [None] * (min(one.last_column, widest) - len(cells))
                for column in range(one.column, min(one.last_column, len(cells))):
                    cells[column] = cells[column] if not is_blank(cells[column]) else cells[one.column - 1]
        return cells

    def _tell_header(self, number: int, again: list[int], empty: list[int], is_first: bool) -> None:
        tell = self.teller.trouble
        if not is_first:
            tell("HEADER_NOT_FIRST", row=number)
        if looks_like_data(self.header):
            tell("HEADER_LIKE_DATA", row=number, value=self.header[0])
        for column in again:
            tell("DUPLICATE_HEADER", row=number, column=column, value=self.sheet.columns[column - 1])
        for column in empty:
            tell("EMPTY_HEADER", row=number, column=column)
        for one in self.merged:
            if one.row > number:
                tell("MERGED_CELLS", row=one.row, column=one.column)

    def _row(self, number: int, cells: list[Cell]) -> None:
        if len(cells) < self.width:
            if not self.pads:
                self.teller.stop_row("SHORT_ROW", number, len(cells) + 1, len(cells), cells)
                return
            cells = cells + [None] * (self.width - len(cells))
        elif len(cells) > self.width:
            beyond = next((index for index in range(self.width, len(cells)) if not is_blank(cells[index])), None)
            if beyond is not None:
                self.teller.stop_row("EXTRA_CELLS", number, beyond + 1, cells[beyond], cells)
                return
            cells = cells[: self.width]
        if cells == self.header:
            self.teller.stop_row("REPEATED_HEADER", number, 1, cells[0], cells)
            return
        if self._has_lost(number, cells):
            return
        self._compare(number, cells)
        self.teller.row(number, [None if one == "" else one for one in cells])

    def _has_lost(self, number: int, cells: list[Cell]) -> bool:
        """Tell of the cells of a row that the parser could not give, and stop the row when one of them is wanted."""
        lost = {column: what for column, what in self._lost.pop(number, _NOTHING).items() if not self.teller.is_left_out(column)}
        if not lost:
            return False
        for column, (code, value) in lost.items():
            self.teller.trouble(code, row=number, column=column, value=value)
        self.teller.count_row(number)
        self.teller.stopped_rows += 1
        self.teller.pass_over(number, [_word(lost[column][1]) if column in lost else one for column, one in enumerate(cells, 1)])
        return True

    def _compare(self, number: int, cells: list[Cell]) -> None:
        if len(self._seen) >= _COMPARED:
            return
        key = hash(tuple(cells))
        if key in self._seen:
            self.teller.trouble("DUPLICATE_ROW", row=number, column=1, value=cells[0])
        self._seen.add(key)
