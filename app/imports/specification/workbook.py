"""The specification as a workbook: a sheet for each entity with drop-downs, an example row and help, the codes, and how to use it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from flask_babel import gettext as _
from xlsxwriter.utility import xl_col_to_name

from app.imports.specification.catalogue import Entity, Field
from app.imports.specification.codes import shown_values
from app.imports.specification.csv_files import field_rows
from app.imports.specification.examples import example_row
from app.imports.specification.texts import READ_ME, headings, help_of
from app.imports.specification.version import version

LAST_ROW = 1_048_575
_NAME_LENGTH, _TITLE_LENGTH, _MESSAGE_LENGTH = 31, 32, 255
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


def sheet_names(entities: Sequence[Entity]) -> dict[str, str]:
    """Give entity → name of its sheet in the language in force: what a workbook allows, and each its own."""
    found: dict[str, str] = {}
    for entity in entities:
        text = _NOT_IN_NAMES.sub(" ", str(entity.label))
        name = text if len(text) <= _NAME_LENGTH else text[:_NAME_LENGTH].rsplit(" ", 1)[0]
        taken = {other.casefold() for other in found.values()}
        found[entity.key] = name if name.casefold() not in taken else entity.key[:_NAME_LENGTH]
    return found


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


class _Book:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, entities: Sequence[Entity], language: str) -> None:
        self.book, self.entities, self.language = book, entities, language
        self.names = sheet_names(entities)
        self.columns: dict[str, str] = {}
        self.lists = sorted({field.code_list for entity in entities for field in entity.fields if field.code_list})
        head = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
        self.head, self.needed = book.add_format({**head, "bg_color": "#E6EDF5"}), book.add_format({**head, "bg_color": "#FFF2CC"})
        self.text, self.day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "d.m.yyyy"})
        self.wrapped, self.bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True, "font_size": 14})

    def read_me(self) -> None:
        sheet = self.book.add_worksheet(_("Read me"))
        sheet.set_column(0, 0, 100)
        sheet.write_string(0, 0, _("What can be brought into Koto-digi"), self.bold)
        sheet.write_string(1, 0, _("Version of the specification: %(version)s", version=version(self.entities)))
        for at, text in enumerate(READ_ME, 3):
            sheet.write_string(at, 0, str(text), self.wrapped)

    def fields(self) -> None:
        sheet = self.book.add_worksheet(_("Fields"))
        sheet.set_column(0, 3, 24)
        sheet.set_column(4, 9, 12)
        sheet.set_column(10, 10, 80)
        sheet.freeze_panes(1, 0)
        for at, row in enumerate(field_rows(self.entities)):
            for column, text in enumerate(row):
                sheet.write_string(at, column, text, self.head if at == 0 else None)

    def codes(self) -> None:
        """Write two columns for each list: the words that drop-downs show, and the code each stands for."""
        sheet = self.book.add_worksheet(_("Codes"))
        sheet.freeze_panes(1, 0)
        for number, name in enumerate(self.lists):
            values = shown_values(name, self.language)
            for offset, heading in ((0, name), (1, _("Code of %(list)s", list=name))):
                sheet.write_string(0, 2 * number + offset, heading, self.head)
            for row, (code, label) in enumerate(values.items(), 1):
                sheet.write_string(row, 2 * number, label)
                sheet.write_string(row, 2 * number + 1, code)
            letter = xl_col_to_name(2 * number)
            self.columns[name] = f"='{sheet.get_name()}'!${letter}$2:${letter}${len(values) + 1}"
            sheet.set_column(2 * number, 2 * number, 30)

    def entity(self, entity: Entity, sheet: Any) -> None:
        sheet.freeze_panes(1, 1)
        example, texts = example_row(entity), headings(entity)
        for column, field in enumerate(entity.fields):
            heading = f"{texts[field.key]} *" if field.required else texts[field.key]
            sheet.write_string(0, column, heading, self.needed if field.required else self.head)
            sheet.set_column(column, column, max(14, min(len(heading) + 2, 30)), self.day if field.kind == "date" else self.text if field.kind in ("text", "reference", "identity_code") else None)
            help_text = " ".join(help_of(field))
            if help_text:
                sheet.write_comment(0, column, help_text, {"x_scale": 2})
            sheet.data_validation(1, column, LAST_ROW, column, self._validation(field, texts[field.key], help_text))
            if field.key in example:
                self._write(sheet, column, field, example[field.key])

    def _validation(self, field: Field, title: str, message: str) -> dict[str, Any]:
        told = {"input_title": _cut(title, _TITLE_LENGTH), "input_message": _cut(message, _MESSAGE_LENGTH), "ignore_blank": True}
        if field.code_list:
            # A code is understood too, so that the list advises and does not stop.
            return {**told, "validate": "list", "source": self.columns[field.code_list], "error_type": "warning"}
        if field.kind == "boolean":
            return {**told, "validate": "list", "source": [_("Yes"), _("No")], "error_type": "warning"}
        if field.kind == "date":
            return {**told, "validate": "date", "criteria": ">=", "value": date(1900, 1, 1), "error_type": "warning"}
        return {**told, "validate": "any"}

    def _write(self, sheet: Any, column: int, field: Field, value: Any) -> None:
        if field.code_list:
            sheet.write_string(1, column, shown_values(field.code_list, self.language)[value])
        elif isinstance(value, bool):
            sheet.write_string(1, column, _("Yes") if value else _("No"))
        elif isinstance(value, date):
            sheet.write_datetime(1, column, value, self.day)
        elif isinstance(value, int | Decimal):
            sheet.write_number(1, column, value)
        else:
            sheet.write_string(1, column, value, self.text)


def as_xlsx(entities: Sequence[Entity], language: str) -> bytes:
    """Give the workbook in the language in force."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as made:
        book = _Book(made, entities, language)
        book.read_me()
        sheets = [made.add_worksheet(book.names[entity.key]) for entity in entities]
        book.codes()
        for entity, sheet in zip(entities, sheets, strict=True):
            book.entity(entity, sheet)
        book.fields()
    return file.getvalue()
