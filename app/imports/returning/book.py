"""Writes the workbook that goes back: the list of findings first, then every sheet with its rows where they were."""

from __future__ import annotations

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
from app.imports.returning.plain_sheet import PlainSheet
from app.imports.returning.styles import Styles

# What spreadsheet programs open without trouble; beyond it cells are only filled.
COMMENTS = 65_000
_AUTHOR = "Koto-digi"
_WIDTH = 16
_LINE = 60
_NONE: dict[int, str] = {}


class Book:
    """A `Writer` of one workbook; rows go to temporary files in `folder`, so that memory does not grow with them."""

    def __init__(self, out: Path, folder: str, limits: Limits, *, is_complete: bool) -> None:
        self.limits = limits
        options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False}
        self.book: Any = xlsxwriter.Workbook(str(out), options)
        self.book.set_properties({"title": _("List of findings")})
        self.styles = Styles(self.book)
        title = sheet_name(_("List of findings"), ())
        self.list = ListSheet(self._sheet(title), self.styles, is_complete=is_complete)
        # From the name a sheet has here to the one it came with.
        self.names = {title: title}
        self.sheet: Any = None
        self.cells = self.comments = self.header = self.reaches = 0

    def _sheet(self, name: str) -> PlainSheet:
        sheet = self.book.add_worksheet(name, worksheet_class=PlainSheet)
        sheet.begin(self.styles)
        return sheet  # type: ignore[no-any-return]

    def begin(self, sheet: Sheet) -> None:
        """Begin a sheet under its name."""
        name = sheet_name(sheet.name, self.names)
        self.names[name] = sheet.name
        self.sheet = self._sheet(name)
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
        at, form = number - 1, "head" if number == self.header else "text"
        kept = [held(one) for one in cells]
        if not faults:
            self.sheet.write_cells(at, kept, form, _NONE)
            return
        self.sheet.write_cells(at, kept, form, self._tiers(kept, faults))
        self._comments(at, faults)

    def _tiers(self, cells: list[Cell], faults: Faults) -> dict[int, str]:
        """Tell how bad each cell of a row is; `cells` grows to the last of them."""
        whole = list(faults.get(WHOLE_ROW, ()))
        reaches = max(self.reaches if whole else 0, *(column + 1 for column in faults))
        cells += [None] * (reaches - len(cells))
        return {column: worst([*whole, *faults.get(column, ())]) for column in (range(len(cells)) if whole else faults)}

    def _comments(self, at: int, faults: Faults) -> None:
        """Write what was found of a cell on it, and what was found of the whole row on its first."""
        told: dict[int, list[Mark]] = {}
        for column, marks in faults.items():
            told.setdefault(max(column, 0), []).extend(marks)
        for column, marks in told.items():
            if self.comments == COMMENTS:
                return
            self.comments += 1
            text = comment_of(marks)
            lines = sum(1 + len(one) // _LINE for one in text.split("\n"))
            self.sheet.write_comment(at, column, text, {"author": _AUTHOR, "width": 420, "height": 30 + 20 * lines, "font_size": 10})

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
