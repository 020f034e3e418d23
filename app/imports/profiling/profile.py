"""The profile of a whole source from the stream of `reading.reader.read`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from app.imports.profiling.column import Column
from app.imports.profiling.links import links
from app.imports.profiling.shapes import mask
from app.imports.reading.codes import Tier
from app.imports.reading.messages import End, Message, Row, Sheet, Trouble

# Over all columns of a sheet together, so that a wide sheet takes no more memory than a narrow one.
_DISTINCT = 500_000
_MOST_DISTINCT = 20_000
_TROUBLES = 1000

# What a sheet seems to hold, from its names and columns; the mapping gives it.
Guess = Callable[["SheetProfile"], Any]


@dataclass
class SheetProfile:
    """A sheet and what its columns hold."""

    sheet: Sheet
    columns: list[Column]
    rows: int = 0
    # The header looks like data: then the names of the columns are somebody's, and are masked.
    names_are_values: bool = False

    @classmethod
    def of(cls, sheet: Sheet) -> SheetProfile:
        most = min(_MOST_DISTINCT, _DISTINCT // max(len(sheet.columns), 1))
        return cls(sheet, [Column(name, most, sheet.kind in ("xlsx", "ods")) for name in sheet.columns])

    def shown(self, name: str) -> str:
        """Give the name of a column as it may be shown."""
        return mask(name) if self.names_are_values else name

    def as_document(self, guess: Guess | None) -> dict[str, Any]:
        one = self.sheet
        return {
            "name": one.name, "kind": one.kind, "encoding": one.encoding, "delimiter": one.delimiter, "header_row": one.header_row, "hidden": one.hidden,
            "guessed": list(one.guessed), "rows": self.rows,
            "columns": [{**column.as_document(), "name": self.shown(column.name)} for column in self.columns],
            "seems_to_hold": guess(self) if guess else None,
        }  # fmt: skip


@dataclass
class Profile:
    """Everything a source was found to hold. When it is not complete only the findings mean anything."""

    sheets: list[SheetProfile] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    more: int = 0
    end: End = field(default_factory=lambda: End(complete=False))

    @property
    def reasons(self) -> list[Trouble]:
        """Why the source cannot be used."""
        return [one for one in self.troubles if one.tier is Tier.FILE]


def profile(messages: Iterable[Message]) -> Profile:
    """Gather the profile of a source."""
    found = Profile()
    by_number: dict[int, SheetProfile] = {}
    for message in messages:
        if isinstance(message, Row):
            sheet = by_number[message.sheet]
            sheet.rows += 1
            for column, value in zip(sheet.columns, message.cells, strict=True):
                column.add(message.number, value)
        elif isinstance(message, Sheet):
            by_number[message.number] = SheetProfile.of(message)
            found.sheets.append(by_number[message.number])
        elif isinstance(message, End):
            found.end = message
        elif isinstance(message, Trouble):
            _take(message, found)
    return found


def _take(trouble: Trouble, found: Profile) -> None:
    if trouble.code == "HEADER_LIKE_DATA":
        for one in found.sheets:
            one.names_are_values = one.names_are_values or one.sheet.name == trouble.sheet
    if len(found.troubles) < _TROUBLES or trouble.tier is Tier.FILE:
        found.troubles.append(trouble)
    else:
        found.more += 1


def as_document(found: Profile, tell: Callable[[Trouble], dict[str, Any]], guess: Guess | None = None) -> dict[str, Any]:
    """Give the profile as one JSON document; `tell` gives a finding its sentences."""
    return {
        "ok": found.end.complete, "rows": found.end.rows, "stopped_rows": found.end.stopped_rows, "blank_rows": found.end.blank_rows,
        "sheets": [one.as_document(guess) for one in found.sheets] if found.end.complete else [],
        "links": links(found.sheets) if found.end.complete else [],
        "findings": [{**tell(one), "column_name": _shown_name(one, found)} for one in found.troubles], "more_findings": found.more + sum(found.end.more.values()),
    }  # fmt: skip


def _shown_name(trouble: Trouble, found: Profile) -> str:
    sheet = next((one for one in found.sheets if one.sheet.name == trouble.sheet), None)
    return sheet.shown(trouble.column_name) if sheet else trouble.column_name
