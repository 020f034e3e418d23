"""Writes the workbook that goes back: the list of findings first, then every sheet with its rows where they were."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from app.imports.reading.limits import Limits
from app.imports.reading.messages import Cell, Sheet
from app.imports.returning.cells import LAST_COLUMN, LAST_ROW, UnfitError, held
from app.imports.returning.following import WHOLE_ROW, Faults
from app.imports.returning.list_sheet import ListSheet
from app.imports.returning.listing import Line, comment_of, worst
from app.imports.returning.marks import Mark
from app.imports.returning.names import sheet_name
from app.imports.returning.styles import Styles

# What spreadsheet programs open without trouble; beyond it cells are only filled.
COMMENTS = 65_000
_AUTHOR = "Koto-digi"
_WIDTH = 16
_LINE = 60


class Book:
    """A `Writer` of one workbook; rows go to temporary files in `folder`, so that memory does not grow with them."""

    def __init__(self, out: Path, folder: str, limits: Limits, *, is_complete: bool) -> None:
        self.limits = limits
        options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False}
        self.book: Any = xlsxwriter.Workbook(str(out), options)
        self.book.set_properties({"title": _("Findings")})
        self.styles = Styles(self.book)
        title = sheet_name(_("Findings"), ())
        self.list = ListSheet(self.book.add_worksheet(title), self.styles, is_complete=is_complete)
        # From the name a sheet has here to the one it came with.
        self.names = {title: title}
        self.sheet: Any = None
        self.cells = self.comments = self.header = self.reaches = 0

    def begin(self, sheet: Sheet) -> None:
        """Begin a sheet under its name."""
        name = sheet_name(sheet.name, self.names)
        self.names[name] = sheet.name
        self.sheet = self.book.add_worksheet(name)
        self.cells = self.comments = 0
        self.header, self.reaches = sheet.header_row or 1, len(sheet.columns)
        self.sheet.freeze_panes(self.header, 0)
        if sheet.columns:
            # What is text in the source stays text when an empty cell is filled in.
            self.sheet.set_column(0, len(sheet.columns) - 1, _WIDTH, self.styles.of("text") if sheet.kind == "delimited" else None)

    def row(self, number: int, cells: tuple[Cell, ...], faults: Faults) -> None:
        """Write a row; raise `UnfitError` when no workbook can hold it, or none that could be read again."""
        self.cells += len(cells)
        self.reaches = max(self.reaches, len(cells))
        if number > LAST_ROW or self.reaches > LAST_COLUMN or self.cells > self.limits.workbook_cells or number * self.reaches > self.limits.workbook_area:
            raise UnfitError("a large table")
        if faults:
            self._faulty_row(number - 1, cells, faults)
            return
        text, write = self.styles.of("head" if number == self.header else "text"), self.sheet.write_string
        at = number - 1
        for column, value in enumerate(cells):
            if value is None:
                continue
            kept = held(value)
            if type(kept) is str:
                write(at, column, kept, text)
            else:
                self._write(at, column, kept, "")

    def _faulty_row(self, at: int, cells: tuple[Cell, ...], faults: Faults) -> None:
        whole = list(faults.get(WHOLE_ROW, ()))
        last = max(self.reaches if whole else 0, len(cells), *(column + 1 for column in faults))
        for column in range(last):
            marks = [*whole, *faults.get(column, ())] if column in faults else whole
            self._write(at, column, held(cells[column]) if column < len(cells) else None, worst(marks) if marks else "")
        for column, marks in faults.items():
            if column > 0:
                self._comment(at, column, marks)
        if first := [*whole, *faults.get(0, ())]:
            self._comment(at, 0, first)

    def _comment(self, at: int, column: int, marks: list[Mark]) -> None:
        if self.comments < COMMENTS:
            self.comments += 1
            text = comment_of(marks)
            lines = sum(1 + len(one) // _LINE for one in text.split("\n"))
            self.sheet.write_comment(at, column, text, {"author": _AUTHOR, "width": 420, "height": 30 + 20 * lines})

    def _write(self, at: int, column: int, value: Cell, tier: str) -> None:
        style, sheet = self.styles.of, self.sheet
        if value is None:
            if tier:
                sheet.write_blank(at, column, None, style("text", tier))
        elif isinstance(value, str):
            sheet.write_string(at, column, value, style("head" if at + 1 == self.header else "text", tier))
        elif isinstance(value, bool):
            sheet.write_boolean(at, column, value, style("plain", tier))
        elif isinstance(value, (int, float)):
            sheet.write_number(at, column, value, style("plain", tier))
        elif isinstance(value, datetime):
            sheet.write_datetime(at, column, value, style("moment", tier))
        elif isinstance(value, date):
            sheet.write_datetime(at, column, value, style("day", tier))
        elif isinstance(value, time):
            sheet.write_datetime(at, column, value, style("clock", tier))

    def tell(self, line: Line) -> None:
        """Put a finding on the list."""
        self.list.tell(line, self.sheet.get_name() if self.sheet and line.place else "")

    def close(self) -> None:
        """Finish the file."""
        self.list.close(self.names)
        self.book.close()

    def give_up(self) -> None:
        """Leave the file: what was written is of no use, and its parts go with the folder."""
        for sheet in self.book.worksheets():
            sheet.row_data_fh.close()
        self.book.fileclosed = True
