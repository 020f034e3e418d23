"""What the child tells the parent: sheets, rows, findings and the end, each a line of JSON. The parent checks the form of every line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from typing import Any

from app.imports.reading.codes import TIERS, Tier

Cell = str | int | float | bool | date | time | None
EXCERPT = 60
# The word by which a spreadsheet says that there is no value: reading it again stops the row again.
NOT_GIVEN = "#N/A"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table that begins: its columns under names that are made unique. `header_row` is 0 where the source has none."""

    number: int
    name: str
    kind: str
    columns: tuple[str, ...]
    header_row: int = 1
    hidden: bool = False
    encoding: str | None = None
    delimiter: str | None = None
    # Which of the three were guessed and can be chosen otherwise: "encoding", "delimiter", "header_row".
    guessed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row with a cell for each column; `number` is what the spreadsheet, or for JSON the line or place in the list, shows to the user."""

    sheet: int
    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A row that no record is made of, as it stands in the source: above the header, the header itself, or stopped. Told when the whole is asked for.

    A cell that cannot be given, or is not there, holds `NOT_GIVEN`.
    """

    sheet: int
    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """A finding. `row` and `column` count from 1; 0 is the whole file or the whole row. `sheet` is the name."""

    code: str
    sheet: str = ""
    row: int = 0
    column: int = 0
    column_name: str = ""
    value: str = ""

    @property
    def tier(self) -> Tier:
        return TIERS[self.code]


@dataclass(frozen=True, kw_only=True)
class End:
    """The source was read to its end, or it was stopped: then nothing that came before may be used."""

    complete: bool
    rows: int = 0
    stopped_rows: int = 0
    blank_rows: int = 0
    # How many findings of a code were not told one by one.
    more: dict[str, int] = field(default_factory=dict)


Message = Sheet | Row | PassedOver | Trouble | End


def _mark(value: object) -> dict[str, str]:
    """Write the kinds of cell that JSON does not know."""
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    if isinstance(value, date):
        return {"on": value.isoformat()}
    if isinstance(value, time):
        return {"clock": value.isoformat()}
    raise TypeError(type(value).__name__)


_ENCODE = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), default=_mark, check_circular=False).encode


def rows_line(sheet: int, rows: list[tuple[int, list[Cell]]], kind: str = "rows") -> str:
    """Write a batch of rows, or of those passed over; one line for many is what keeps a million rows quick."""
    return _ENCODE([kind, sheet, rows]) + "\n"


def line(message: Sheet | Trouble | End) -> str:
    """Write one other message."""
    return _ENCODE([type(message).__name__, asdict(message)]) + "\n"


_MARKS: dict[str, Callable[[str], date | time]] = {"at": datetime.fromisoformat, "on": date.fromisoformat, "clock": time.fromisoformat}


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        ((mark, text),) = value.items()
        return _MARKS[mark](text)
    if value is None or isinstance(value, (str, int, float)):
        return value
    raise ValueError("no cell")


_ROWS: dict[str, type[Row] | type[PassedOver]] = {"rows": Row, "passed": PassedOver}


def parse(text: bytes) -> Iterator[Message]:
    """Read a line of the child; raises `ValueError` when it is none, for the child may have been taken over by what it read."""
    try:
        found = json.loads(text)
        if found[0] in _ROWS:
            sheet, made = int(found[1]), _ROWS[found[0]]
            for number, cells in found[2]:
                yield made(sheet, int(number), tuple(_cell(one) if isinstance(one, (dict, list)) else one for one in cells))
        elif found[0] == "Sheet":
            yield Sheet(**{**found[1], "columns": tuple(map(str, found[1]["columns"])), "guessed": tuple(found[1]["guessed"])})
        elif found[0] == "Trouble":
            trouble = Trouble(**found[1])
            yield trouble if trouble.code in TIERS else Trouble(code="READER_STOPPED")
        elif found[0] == "End":
            yield End(**found[1])
        else:
            raise ValueError("unknown message")
    except (TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise ValueError("no message") from error


def excerpt(value: object) -> str:
    """Give the beginning of a value for people: characters that do not show are written as their codes."""
    text = str(value)[: EXCERPT + 1]
    text = text[:EXCERPT] + "…" if len(text) > EXCERPT else text
    return "".join(one if one.isprintable() else one.encode("unicode_escape", "surrogatepass").decode("ascii") for one in text)
