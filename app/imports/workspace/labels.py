"""Labels and words of the workspace."""

from __future__ import annotations

from typing import Any

from flask_babel import format_decimal, gettext as _, lazy_gettext as _l

BATCH: dict[str, Any] = {
    "name": _l("Name of the move"), "product": _l("Old system"), "status": _l("Status"), "created_at": _l("Begun"), "changed_at": _l("Changed"),
    "most_percent": _l("Largest share of rows that may stop or change, per cent"), "rehearsed_at": _l("Rehearsed"), "committed_at": _l("Moved in"),
    "signed_at": _l("Certificate signed"), "specification": _l("Version of the specification"), "rehearsals": _l("Rehearsals"),
}  # fmt: skip
BATCH_HELP: dict[str, Any] = {
    "name": _l("By this your colleagues know it, such as “Clients of the old system, autumn 2026”."),
    "product": _l("The name of the old system. Mappings are kept under it, and its keys are told apart by it: write it the same way every time."),
    "most_percent": _l("When more of the rows would stop or change what is here already, the move waits for a person."),
}
STATUS_KINDS = {"OPEN": "info", "REHEARSED": "info", "COMMITTED": "warning", "SIGNED": "success", "UNDONE": "neutral"}

KINDS: dict[str, Any] = {
    "xlsx": _l("Excel workbook (.xlsx)"), "ods": _l("OpenDocument spreadsheet (.ods)"), "delimited": _l("Text with delimiters (CSV, TSV)"),
    "json": _l("JSON"), "json_lines": _l("JSON Lines"), "zip": _l("Zip archive"),
}  # fmt: skip
TYPES: dict[str, Any] = {
    "text": _l("Text"), "identity_code": _l("Personal identity code"), "date": _l("Date"), "time": _l("Time of day"), "whole_number": _l("Whole number"),
    "decimal_number": _l("Decimal number"), "boolean": _l("Yes or no"), "email": _l("E-mail address"), "telephone": _l("Telephone number"), "empty": _l("Empty"),
}  # fmt: skip
ENCODINGS: dict[str, Any] = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8 (BOM)", "utf-16": "UTF-16", "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE", "utf-32": "UTF-32",
    "cp1252": "Windows-1252", "iso-8859-1": "ISO 8859-1 (Latin 1)", "iso-8859-15": "ISO 8859-15 (Latin 9)", "cp850": "DOS 850", "cp437": "DOS 437",
    "mac-roman": "Mac OS Roman", "cp1250": "Windows-1250", "cp1251": "Windows-1251", "cp1257": "Windows-1257",
}  # fmt: skip
DELIMITERS: dict[str, Any] = {";": _l("Semicolon (;)"), ",": _l("Comma (,)"), "\t": _l("Tabulator"), "|": _l("Vertical bar")}
DATE_FORMS: dict[str, Any] = {
    "iso": _l("Year-month-day, such as 2026-03-01"), "dotted": _l("Day.month.year, such as 1.3.2026"), "compact": _l("Without marks, such as 20260301"),
    "day_month": _l("Day first, such as 1/3/2026 for the first of March"), "month_day": _l("Month first, such as 3/1/2026 for the first of March"),
    "serial": _l("Number of a spreadsheet, such as 46082"),
}  # fmt: skip
SPLITS: dict[str, Any] = {
    "comma": _l("Whole name: family name, comma, given names"), "family_first": _l("Whole name: family name first"),
    "given_first": _l("Whole name: given names first"), "postal": _l("Postal code and post office"),
}  # fmt: skip
JOINERS: dict[str, Any] = {" ": _l("A space"), ", ": _l("A comma"), "; ": _l("A semicolon"), "\n": _l("A line break")}


def size_text(size: int) -> str:
    """Give the size of a file in words."""
    if size < 1024:
        return _("%(size)s bytes", size=size)
    if size < 1024 * 1024:
        return _("%(size)s kB", size=format_decimal(size / 1024, "#,##0"))
    return _("%(size)s MB", size=format_decimal(size / 1024 / 1024, "#,##0.#"))


BROKEN: dict[str, Any] = {
    "CHOICE": _l("Choose a field for the column, or do not bring it and tell why."),
    "REASON": _l("Tell why the column is not brought."),
    "TWICE": _l("Another column goes into the same field, which takes one alone. Choose another field for one of them."),
    "DATE_FORM": _l("The dates can be read in two ways. Choose whether the day or the month comes first."),
    "VALUE": _l("There is no such value on the list."),
    "DEFAULT": _l("This is no value of the field."),
    "SOURCE": _l("Tell where the fixed value is from."),
    "WHY": _l("Tell why the sheet is not brought."),
}  # fmt: skip
