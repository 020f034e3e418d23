"""All marks of a file, kept small and in the order of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from app.imports.returning.marks import Mark

_BITS = 32
_MASK = (1 << _BITS) - 1


class Ledger:
    """Keeps a mark as one number, about 40 bytes: a bad file has a finding on every row."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._columns: dict[str, int] = {}
        self._kinds: dict[tuple[str, tuple[str, str]], int] = {}
        self._sheets: dict[str, list[int]] = {}
        self._column_names: list[str] = []
        self._kind_list: list[tuple[str, tuple[str, str]]] = []
        self.add(marks)

    def add(self, marks: Iterable[Mark]) -> None:
        """Take marks in any order."""
        for one in marks:
            column = self._columns.setdefault(one.column, len(self._columns))
            kind = self._kinds.setdefault((one.tier, one.sentences), len(self._kinds))
            self._sheets.setdefault(one.sheet, []).append(one.row << 2 * _BITS | column << _BITS | kind)
        self._column_names, self._kind_list = list(self._columns), list(self._kinds)

    @property
    def sheets(self) -> list[str]:
        """Give the names of the sheets that have marks."""
        return list(self._sheets)

    def of(self, sheet: str) -> Iterator[Mark]:
        """Give the marks of a sheet by row; the same finding twice is one mark."""
        packed = self._sheets.get(sheet, [])
        packed.sort()
        for code, _again in groupby(packed):
            tier, sentences = self._kind_list[code & _MASK]
            yield Mark(sheet, code >> 2 * _BITS, self._column_names[code >> _BITS & _MASK], tier, sentences)
