"""Which columns of two sheets seem to hold the same identifiers, as the files of one old system do. Pure."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.imports.profiling.column import Column
    from app.imports.profiling.profile import SheetProfile

_SHARE = 0.8


def links(sheets: list[SheetProfile]) -> list[dict[str, Any]]:
    """Give the pairs of a column whose every value is another and a column of another sheet whose values are found there."""
    found = []
    for one, other in permutations(sheets, 2):
        keys = [column for column in one.columns if _is_key(column)]
        for key in keys:
            for column in other.columns:
                share = _share(column, key)
                if share >= _SHARE and not _is_key(column):
                    found.append({
                        "sheet": other.sheet.name, "column": column.name, "to_sheet": one.sheet.name, "to_column": key.name, "share": round(share, 3),
                    })  # fmt: skip
    return found


def _is_key(column: Column) -> bool:
    return column.filled > 1 and len(column.seen) == min(column.filled, column.most_distinct) and column.filled == column.rows and column.type != "date"


def _share(column: Column, key: Column) -> float:
    if not column.seen or column.type != key.type or column.type in ("date", "boolean"):
        return 0.0
    return len(column.seen & key.seen) / len(column.seen)
