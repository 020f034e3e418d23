"""A worksheet that writes a row of cells at once.

XlsxWriter writes one cell at a time, which takes four times as long. It is used in the mode that keeps one row in memory, and its release is
pinned: the tests read back every kind of cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, time

from app.core.plain_book import PlainWorksheet
from app.imports.reading.headers import letter
from app.imports.reading.messages import Cell
from app.imports.returning.cells import form_of
from app.imports.returning.styles import Styles

_ODD = re.compile(r"[&<>\x00-\x08\x0b-\x1f]|_x")


class PlainSheet(PlainWorksheet):
    """The worksheet of a workbook in constant memory."""

    previous_row: int

    def begin(self, styles: Styles) -> None:
        """Take the looks of the cells."""
        self._styles = styles
        self._starts: list[str] = []
        self._indexes: dict[tuple[str, str], str] = {}
        self._whole = -1

    def write_cells(self, at: int, cells: Sequence[Cell], text_form: str, tiers: Mapping[int, str]) -> None:
        """Write a whole row of values that a worksheet can hold; rows and columns count from 0, and rows come in their order."""
        while len(self._starts) < len(cells):
            self._starts.append(f'<c r="{letter(len(self._starts) + 1)}')
        self._check_dimensions(at, 0)
        self._check_dimensions(at, max(len(cells) - 1, 0))
        self._write_single_row(at)
        text = f'{at + 1}"{self._index(text_form, "")} t="inlineStr"><is><t xml:space="preserve">'
        parts = [f'<row r="{at + 1}">']
        for start, value in zip(self._starts, cells, strict=False):
            if type(value) is str:
                parts.append(f"{start}{text}{self._escaped(value) if _ODD.search(value) else value}</t></is></c>")
            elif value is not None:
                parts.append(f'{start}{at + 1}"{self._index(form_of(value), "")}{self._value(value)}</c>')
            else:
                parts.append("")
        for column, tier in tiers.items():
            parts[column + 1] = self._marked(at, column, cells[column], text_form, tier)
        parts.append("</row>")
        self.fh.write("".join(parts))
        self._whole = at

    def _marked(self, at: int, column: int, value: Cell, text_form: str, tier: str) -> str:
        # An empty cell is filled in with a text most often; a day typed as text is understood as well.
        form = text_form if value is None or isinstance(value, str) else form_of(value)
        start = f'{self._starts[column]}{at + 1}"{self._index(form, tier)}'
        if value is None:
            return f"{start}/>"
        if isinstance(value, str):
            return f'{start} t="inlineStr"><is><t xml:space="preserve">{self._escaped(value)}</t></is></c>'
        return f"{start}{self._value(value)}</c>"

    def _escaped(self, text: str) -> str:
        return self._escape_data(self._escape_control_characters(text))  # type: ignore[no-any-return]

    def _index(self, form: str, tier: str) -> str:
        if (form, tier) not in self._indexes:
            style = self._styles.of(form, tier)
            self._indexes[form, tier] = f' s="{style._get_xf_index()}"' if style else ""
        return self._indexes[form, tier]

    def _value(self, value: Cell) -> str:
        if isinstance(value, bool):
            return f' t="b"><v>{value:d}</v>'
        number = self._convert_date_time(value) if isinstance(value, (date, time)) else value
        return f"><v>{number:.16G}</v>"

    def _write_single_row(self, current_row_num: int = 0) -> None:
        """End a row that was written cell by cell; one that was written whole would come again, empty, for the comments it has."""
        if self.previous_row == self._whole:
            self.previous_row = current_row_num
        else:
            super()._write_single_row(current_row_num)
