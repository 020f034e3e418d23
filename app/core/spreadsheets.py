"""What a spreadsheet program would take for a formula is given to it as the text it is."""

from __future__ import annotations

from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_text(cell: Any) -> Any:
    """Give a cell of a CSV file with an apostrophe before it when its text begins as a formula does; a number stays one."""
    if isinstance(cell, int | float) or not str(cell).startswith(_FORMULA):
        return cell
    return f"'{cell}"
