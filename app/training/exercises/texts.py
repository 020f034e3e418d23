"""The texts of paths, exercises, steps and reasons in Finnish and Swedish."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from app.web.language import current_language

DATA = Path(__file__).parent / "data"


@cache
def texts(name: str) -> dict[str, dict[str, str]]:
    """Give the rows of `paths`, `exercises`, `steps` or `reasons` by their key."""
    with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def text(name: str, key: str, what: str = "text") -> str:
    """Give a text in the reader's language. Raises KeyError for what has none."""
    return texts(name)[key][f"{what}_{'sv' if current_language() == 'sv' else 'fi'}"]
