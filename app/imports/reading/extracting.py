"""A database as a file: the answer of each question as JSON Lines in one zip, so that what is moved in is kept and can be looked at again."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.imports.reading.choices import Choices
from app.imports.reading.messages import Cell, End, Row, Sheet, Trouble
from app.imports.reading.reader import Address, read

# A line that begins a question: the name of its sheet after two equals signs.
_NAMED = re.compile(r"^==[ \t]*([\w-]{1,60})[ \t]*$", re.MULTILINE)


class QuestionsError(ValueError):
    """A text that holds no address and question, or two questions of one name; the argument says which."""


@dataclass
class Extracted:
    """How many rows each sheet got, and what was found; nothing may be used unless it is complete."""

    rows: dict[str, int] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    is_complete: bool = True


def questions_in(text: str, name: str = "database") -> tuple[str, dict[str, str]]:
    """Read the address of the first line and the questions after it by name; one question alone needs no name. Raises QuestionsError."""
    url, _line, rest = text.partition("\n")
    parts = _NAMED.split(rest)
    found = {name: parts[0].strip()} if len(parts) == 1 else dict(zip(parts[1::2], (one.strip() for one in parts[2::2]), strict=True))
    if len(parts) > 1 and (parts[0].strip() or len(found) < len(parts) // 2):
        raise QuestionsError("each question has a name of its own: == name")
    if not url.strip() or not all(found.values()):
        raise QuestionsError("the address stands on the first line, the question after it")
    return url.strip(), found


def extract(url: str, questions: Mapping[str, str], to: Path, choices: Choices | None = None) -> Extracted:
    """Write the answers; a file that could not be written whole is not there. A row that cannot be read makes the answer incomplete."""
    made = Extracted()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, question in questions.items():
            _write(archive, name, Address(url, question), choices, made)
    if not made.is_complete:
        to.unlink()
    return made


def _write(archive: zipfile.ZipFile, name: str, source: Address, choices: Choices | None, made: Extracted) -> None:
    columns: tuple[str, ...] = ()
    made.rows[name] = 0
    with archive.open(f"{name}.jsonl", "w", force_zip64=True) as out:
        for message in read(source, name, choices):
            if isinstance(message, Sheet):
                columns = message.columns
            elif isinstance(message, Row):
                made.rows[name] += 1
                out.write(json.dumps(dict(zip(columns, map(_plain, message.cells), strict=True)), ensure_ascii=False).encode() + b"\n")
            elif isinstance(message, Trouble):
                made.troubles.append(message)
            elif isinstance(message, End):
                made.is_complete = made.is_complete and message.complete and not message.stopped_rows


def _plain(cell: Cell) -> Any:
    return cell if cell is None or isinstance(cell, (str, int, float)) else cell.isoformat()
