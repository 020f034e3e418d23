"""What was kept of a file when it was opened: its profile, and beside it the values and first rows that mapping needs.

The document is encrypted as the file itself is, and what is not masked in it goes with the file.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from app.imports.engine.opening import Samples
from app.imports.mapping.suggest import EntityGuess
from app.imports.mapping.wording import written
from app.imports.models import ImportFile, ImportSheet
from app.imports.reading.messages import excerpt

# Likely entities of a sheet that are kept.
_GUESSES = 3


def document_of(file: ImportFile) -> dict[str, Any]:
    """Give the kept document, an empty one for a file that was never opened."""
    found: dict[str, Any] = json.loads(file.profile or "{}")
    return found


def with_values(file: ImportFile, samples: Samples) -> None:
    """Keep with the profile of a file the values that mapping is suggested from."""
    document = document_of(file)
    document["values"] = [{column: [written(value) for value in values] for column, values in samples.of[number].items()} for number in sorted(samples.of)]
    document["first_rows"] = [[[row.number, [excerpt(cell) if cell is not None else "" for cell in row.cells]] for row in samples.first[number]] for number in sorted(samples.of)]
    file.profile = json.dumps(document, ensure_ascii=False)


def with_guesses(file: ImportFile, guesses: Sequence[Sequence[EntityGuess]]) -> None:
    """Keep with the profile what each sheet seems to hold."""
    document = document_of(file)
    for sheet, found in zip(document["sheets"], guesses, strict=True):
        sheet["seems_to_hold"] = [
            {"entity": one.entity, "score": one.score, "recognised": sum(column.field is not None for column in one.columns)} for one in found[:_GUESSES]
        ]  # fmt: skip
    file.profile = json.dumps(document, ensure_ascii=False)


def sheet_document(document: dict[str, Any], place: int) -> dict[str, Any]:
    """Give the profile of the sheet at a place in its file."""
    sheets = document.get("sheets", [])
    found: dict[str, Any] = sheets[place] if place < len(sheets) else {}
    return found


def values_of(document: dict[str, Any], place: int) -> dict[str, list[str]]:
    """Give column → its kept values, of the sheet at a place in its file."""
    values = document.get("values", [])
    found: dict[str, list[str]] = values[place] if place < len(values) else {}
    return found


def place_of(sheet: ImportSheet, siblings: Sequence[ImportSheet]) -> int:
    """Give the place of a sheet in its file."""
    return [one.id for one in siblings].index(sheet.id)
