"""The first sheet of the workbook that goes back: every finding with a link to its cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from app.imports.reading.findings_sheet import MARK, row_of_names
from app.imports.returning.cells import LAST_COLUMN, as_text
from app.imports.returning.listing import Line, headings, notice
from app.imports.returning.styles import Styles

# What spreadsheet programs open without trouble; beyond it findings are counted.
LINKS, LISTED = 65_000, 200_000
_WIDTHS = (16, 18, 8, 22, 8, 30, 60, 70)
_ADDRESS = 4
_NOTICE_AT, _HEADINGS_AT = 1, 2
_HIDDEN = {"hidden": True}


class ListSheet:
    """Takes findings in the order of the file; its first row tells the reader that it is no data."""

    def __init__(self, sheet: Any, styles: Styles, *, is_complete: bool) -> None:
        self.sheet, self.styles = sheet, styles
        self.told = self.links = 0
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.set_row(0, None, None, _HIDDEN)
        sheet.write_string(0, 0, MARK)
        sheet.write_string(_NOTICE_AT, 0, notice(is_complete))
        for column, text in enumerate(headings()):
            sheet.write_string(_HEADINGS_AT, column, text, styles.of("head"))
        sheet.freeze_panes(_HEADINGS_AT + 1, 0)

    def tell(self, line: Line, sheet_name: str) -> None:
        """Write a line; `sheet_name` is the sheet its place is on, "" for no link."""
        self.told += 1
        if self.told > LISTED:
            return
        at = _HEADINGS_AT + self.told
        for column, value in enumerate(line.texts()):
            if column == _ADDRESS and sheet_name and self.links < LINKS:
                self.links += 1
                target = sheet_name.replace("'", "''")
                self.sheet.write_url(at, column, f"internal:'{target}'!{line.address}", None, line.address)
            elif isinstance(value, int):
                self.sheet.write_number(at, column, value)
            elif value:
                self.sheet.write_string(at, column, as_text(value), self.styles.of("wrapped", "" if column else line.mark.tier))

    def close(self, names: Mapping[str, str]) -> None:
        """Write what is known at the end."""
        last = _HEADINGS_AT + min(self.told, LISTED)
        self.sheet.autofilter(_HEADINGS_AT, 0, last, len(_WIDTHS) - 1)
        if not self.told:
            last += 1
            self.sheet.write_string(last, 0, _("There are no findings."))
        elif self.told > LISTED:
            last += 1
            self.sheet.write_string(last, 0, _("Findings that are not in this list: %(number)d. Their cells are marked.", number=self.told - LISTED))
        texts = row_of_names(names)
        if len(texts) > 1:
            self.sheet.set_row(last + 1, None, None, _HIDDEN)
            for column, text in enumerate(texts[:LAST_COLUMN]):
                self.sheet.write_string(last + 1, column, as_text(text))
