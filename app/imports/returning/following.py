"""Follows the reading of a source and its marks side by side, and hands each row with its marks to a writer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from app.imports.reading.codes import Tier
from app.imports.reading.headers import column_of
from app.imports.reading.messages import Cell, End, Message, PassedOver, Row, Sheet, Trouble, excerpt
from app.imports.returning.ledger import Ledger
from app.imports.returning.listing import Line, uncounted
from app.imports.returning.marks import JOINED, Mark, mark_of

# The key of the marks that are about the whole row.
WHOLE_ROW = -1
Faults = Mapping[int, list[Mark]]
_NONE: Faults = {}
_LETTERS = re.compile(r"\[([A-Z]{1,3})\]")


class CutError(Exception):
    """The source cannot be read to its end; the marks say why."""

    def __init__(self, marks: list[Mark]) -> None:
        super().__init__("cut")
        self.marks = marks


class Writer(Protocol):
    """Takes rows in their order; `number` is the row of the returned sheet, counted from 1, and columns count from 0."""

    def begin(self, sheet: Sheet) -> None: ...

    def row(self, number: int, cells: tuple[Cell, ...], faults: Faults) -> None: ...

    def tell(self, line: Line) -> None: ...


def follow(messages: Iterable[Message], ledger: Ledger, writer: Writer) -> None:
    """Write a source with its marks. Raise `CutError` when it is not complete: then nothing that was written may be used."""
    follower, stops = _Follower(ledger, writer), list[Mark]()
    follower.tell_all("")
    for message in messages:
        if isinstance(message, (Row, PassedOver)):
            follower.row(message.number, message.cells)
        elif isinstance(message, Sheet):
            follower.begin(message)
        elif isinstance(message, Trouble) and message.tier is Tier.FILE:
            stops.append(mark_of(message))
        elif isinstance(message, End):
            if not message.complete:
                raise CutError(stops)
            follower.finish(message)


class _Follower:
    def __init__(self, ledger: Ledger, writer: Writer) -> None:
        self.ledger, self.writer = ledger, writer
        self.places: dict[str, int] = {}
        self.shift = 0
        self.marks: Iterator[Mark] = iter(())
        self.waiting: Mark | None = None
        self.told: set[str] = set()

    def begin(self, sheet: Sheet) -> None:
        self._tell_rest()
        # A list of objects has no header row: one is put above it.
        self.shift = 0 if sheet.header_row else 1
        self.places = {name: at for at, name in enumerate(sheet.columns)}
        self.writer.begin(sheet)
        if self.shift:
            self.writer.row(1, sheet.columns, _NONE)
        if sheet.name not in self.told:
            self.told.add(sheet.name)
            self.marks = self.ledger.of(sheet.name)
            self.waiting = next(self.marks, None)

    def row(self, number: int, cells: tuple[Cell, ...]) -> None:
        if self.waiting is None or self.waiting.row > number:
            self.writer.row(number + self.shift, cells, _NONE)
            return
        self._tell_before(number)
        faults: dict[int, list[Mark]] = {}
        while self.waiting is not None and self.waiting.row == number:
            mark = self.waiting
            at = self._columns(mark)
            for column in at or [WHOLE_ROW]:
                faults.setdefault(column, []).append(mark)
            found = [str(cells[column]) for column in at if column < len(cells) and cells[column] is not None]
            self.writer.tell(Line(mark, (number + self.shift, (at or [0])[0] + 1), excerpt(JOINED.join(found))))
            self.waiting = next(self.marks, None)
        self.writer.row(number + self.shift, cells, faults)

    def _columns(self, mark: Mark) -> list[int]:
        """Give the columns a mark is about, none for the whole row."""
        if mark.column in self.places:
            return [self.places[mark.column]]
        if letters := _LETTERS.fullmatch(mark.column):
            return [column_of(letters[1].encode()) - 1]
        if mark.column.isdecimal() and len(mark.column) < 6:
            # A finding that was kept without the name of its column has its number.
            return [int(mark.column) - 1] if int(mark.column) else []
        parts = mark.column.split(JOINED)
        return [self.places[one] for one in parts] if all(one in self.places for one in parts) else []

    def _tell_before(self, number: int) -> None:
        """Tell the marks of rows that have no cells, and of the sheet itself."""
        while self.waiting is not None and self.waiting.row < number:
            at = self._columns(self.waiting)
            self.writer.tell(Line(self.waiting, (max(self.waiting.row + self.shift, 1), (at or [0])[0] + 1)))
            self.waiting = next(self.marks, None)

    def _tell_rest(self) -> None:
        if self.waiting is not None:
            self._tell_before(1 << 40)

    def tell_all(self, sheet: str) -> None:
        """Tell the marks of what is no sheet here."""
        if sheet not in self.told:
            self.told.add(sheet)
            for mark in self.ledger.of(sheet):
                self.writer.tell(Line(mark))

    def finish(self, end: End) -> None:
        self._tell_rest()
        for sheet in self.ledger.sheets:
            self.tell_all(sheet)
        for mark in uncounted(end):
            self.writer.tell(Line(mark))
