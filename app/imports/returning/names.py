"""Names of sheets and files in what goes back: the original ones as far as they can be, each its own."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LONGEST = 31
_NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_IN_FILES = re.compile(r'[/\\:*?"<>|\x00-\x1f]')


def sheet_name(name: str, taken: Iterable[str]) -> str:
    """Give a name that a workbook allows."""
    # The limit counts units of UTF-16, of two bytes.
    text = _NOT_IN_SHEETS.sub("_", name).encode("utf-16-le", "replace")[: 2 * _LONGEST].decode("utf-16-le", "ignore")
    text = text.strip("'").strip() or "_"
    # Spreadsheet programs keep this name for themselves.
    return _own(f"{text}_" if text.casefold() == "history" else text, taken, "", _LONGEST)


def file_name(name: str, taken: Iterable[str]) -> str:
    """Give a name of a text file."""
    text = _NOT_IN_FILES.sub("_", name).strip(" .") or "_"
    stem = text[:-4] if text.casefold().endswith(".csv") else text
    return _own(stem[:120], taken, ".csv", 200)


def _own(stem: str, taken: Iterable[str], ending: str, longest: int) -> str:
    known = {one.casefold() for one in taken}
    name, number = stem + ending, 1
    while name.casefold() in known:
        number += 1
        tail = f" ({number})"
        name = stem[: longest - len(tail) - len(ending)] + tail + ending
    return name
