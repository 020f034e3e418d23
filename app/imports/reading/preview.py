"""The first rows of a source under the guesses, so that a person can see whether they are right and choose otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from app.imports.reading.choices import Choices
from app.imports.reading.limits import Limits
from app.imports.reading.messages import Row, Sheet, Trouble
from app.imports.reading.reader import Address, read


@dataclass
class Preview:
    """The sheets, the first rows of each, and the findings up to there. `Sheet.guessed` tells what may be chosen otherwise."""

    sheets: list[Sheet] = field(default_factory=list)
    rows: dict[int, list[Row]] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)


def preview(source: Path | Address, name: str = "", choices: Choices | None = None, limits: Limits | None = None, most: int = 10) -> Preview:
    """Give the beginning of a source. A workbook or an archive is read through to its last sheet, a text only as far as is shown."""
    found = Preview()
    for message in read(source, name, choices, limits):
        if isinstance(message, Sheet):
            found.sheets.append(message)
            found.rows[message.number] = []
        elif isinstance(message, Trouble):
            found.troubles.append(message)
        elif isinstance(message, Row) and len(found.rows[message.sheet]) < most:
            found.rows[message.sheet].append(message)
            if len(found.rows[message.sheet]) == most and _is_alone(source) and found.sheets[-1].kind != "json":
                break
    return found


def _is_alone(source: Path | Address) -> bool:
    """Tell whether no other table can follow; an archive begins with the letters PK."""
    if isinstance(source, Address):
        return True
    with source.open("rb") as file:
        return file.read(2) != b"PK"
