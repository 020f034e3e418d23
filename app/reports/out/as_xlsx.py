"""Figures as a workbook: numbers as numbers and days as days, and a sheet that explains them in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from flask_babel import gettext as _

from app.core.plain_book import PlainBook
from app.reports.out.contents import Contents
from app.reports.out.definition import definition_of
from app.web.language import speaking

_WIDEST = 60
_NUMBER_FORMS = {"SHARE": "0.0 %", "MEAN": "0.00"}


def as_xlsx(contents: Contents, language: str) -> bytes:
    """Give the workbook with its headings in fi or sv; where a number is hidden its symbol stands."""
    file, table = BytesIO(), contents.table
    with speaking(language), PlainBook(file) as book:
        book.set_properties({"title": f"{table.indicator.id} {table.indicator.text('name', language)}", "created": datetime(2025, 1, 1)})
        _figures(_Sheet(book, _("Figures")), contents, language)
        definition = _Sheet(book, _("Definition"))
        definition.row((_("In Finnish"), "", _("In Swedish"), ""), is_heading=True)
        for fi, sv in zip(definition_of(table, "fi"), definition_of(table, "sv"), strict=True):
            definition.row((*fi, *sv))
        definition.end()
    return file.getvalue()


class _Sheet:
    """Writes rows one under another and makes each column as wide as what it holds."""

    def __init__(self, book: PlainBook, name: str) -> None:
        self.sheet = book.add_worksheet(name)
        self.bold, self.day, self.wrapped = (
            book.add_format(form)
            for form in ({"bold": True, "bottom": 1}, {"num_format": "d.m.yyyy"}, {"text_wrap": True, "valign": "top"})
        )
        self.forms = {code: book.add_format({"num_format": form}) for code, form in _NUMBER_FORMS.items()}
        self.at = 0
        self.widths: list[int] = []

    def row(self, cells: Sequence[Any], forms: Sequence[str] = (), *, is_heading: bool = False) -> None:
        """Write a row; `forms` are the measures of its last cells."""
        first = len(cells) - len(forms)
        for column, cell in enumerate(cells):
            self._write(column, cell, self.bold if is_heading else self.forms.get(forms[column - first]) if column >= first else None)
            self.widths += [0] * (column + 1 - len(self.widths))
            self.widths[column] = max(self.widths[column], 10 if isinstance(cell, date) else len(str(cell if cell is not None else "")))
        self.at += 1

    def _write(self, column: int, cell: Any, form: Any) -> None:
        if isinstance(cell, date):
            self.sheet.write_datetime(self.at, column, datetime.combine(cell, time()), self.day)
        elif isinstance(cell, int | float):
            self.sheet.write_number(self.at, column, cell, form)
        elif cell is not None:
            self.sheet.write_string(self.at, column, str(cell), form or (self.wrapped if len(str(cell)) > _WIDEST else None))

    def end(self) -> None:
        """Fix the heading row and set the widths."""
        self.sheet.freeze_panes(1, 0)
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, min(width, _WIDEST) + 2)


def _figures(sheet: _Sheet, contents: Contents, language: str) -> None:
    texts = [text for side in contents.sides for text in _of_side(side.name.label_in(language), side.name.code == "PERIOD")]
    measures = [one.code for one in contents.measures]
    sheet.row([*texts, *(one.label_in(language) for one in contents.measures), _("Symbol")], is_heading=True)
    labels = [{one.code: one for one in side.values} for side in contents.sides]
    for key, cell in contents.cells.items():
        told: list[Any] = []
        for side, values, code in zip(contents.sides, labels, key, strict=True):
            period = contents.period(key)
            told += [code, period.starts_on, period.ends_on] if side.name.code == "PERIOD" else [code, values[code].fi, values[code].sv]
        numbers = [cell.symbol if cell.state == "HIDDEN" else cell.numbers[code] for code in measures]
        sheet.row([*told, *numbers, cell.symbol or None], (*measures, ""))
    sheet.end()


def _of_side(name: str, is_period: bool) -> tuple[str, str, str]:
    if is_period:
        return name, _("First day"), _("Last day")
    return _("%(side)s, code", side=name), _("%(side)s in Finnish", side=name), _("%(side)s in Swedish", side=name)
