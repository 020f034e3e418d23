"""Worksheets of xlsx and ods files. Formulas are never calculated: their stored values are read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from app.imports.reading.archives import opened
from app.imports.reading.checks import plain_number
from app.imports.reading.messages import Cell, Sheet
from app.imports.reading.ods_scan import scan_content
from app.imports.reading.opening import Source
from app.imports.reading.table import Merged, Table
from app.imports.reading.teller import Stopped, Teller
from app.imports.reading.workbook_scan import SheetScan, scan_parts

_NO_LOSS: dict[int, tuple[str, str]] = {}


def read_workbook(source: Source, teller: Teller, kind: str, prefix: str = "") -> None:
    """Tell each worksheet; `prefix` stands before their names in an archive of several files."""
    hidden: set[str] = set()
    with opened(source, teller, teller.limits.workbook_bytes) as archive:
        if kind == "ods":
            scans, hidden = scan_content(archive, source, teller)
        else:
            scans = scan_parts(archive, source, teller)
    try:
        with source.open() as file:
            workbook = CalamineWorkbook.from_filelike(file)
            for at, meta in enumerate(workbook.sheets_metadata):
                name = prefix + teller.called(meta.name)
                # The first sheet may be the list of findings, which tells how the others are called.
                if meta.typ != SheetTypeEnum.WorkSheet or not (at == 0 or _is_wanted(name, teller)):
                    continue
                found = workbook.get_sheet_by_name(meta.name)
                if (found.start == (0, 0) and teller.leaves_out(found.iter_rows())) or not _is_wanted(name, teller):
                    continue
                is_hidden = meta.visible != SheetVisibleEnum.Visible or meta.name in hidden
                sheet = Sheet(number=teller.next_number(), name=name, kind=kind, columns=(), hidden=is_hidden)
                _read_sheet(found, sheet, teller, scans.get(meta.name, SheetScan()))
    except PasswordError as error:
        raise Stopped("PASSWORD", sheet=source.name) from error
    except (CalamineError, OSError, ValueError) as error:
        raise Stopped("DAMAGED", sheet=source.name, value=type(error).__name__) from error


def _is_wanted(name: str, teller: Teller) -> bool:
    return not teller.choices.sheets or name in teller.choices.sheets


def _read_sheet(found: CalamineSheet, sheet: Sheet, teller: Teller, scan: SheetScan) -> None:
    merged = tuple(
        Merged(row=first[0] + 1, column=first[1] + 1, last_row=last[0] + 1, last_column=last[1] + 1)
        for first, last in (found.merged_cell_ranges or ()) if first != last
    )  # fmt: skip
    table = Table(teller, sheet, pads=True, merged=merged)
    if sheet.hidden:
        teller.trouble("HIDDEN_SHEET", sheet=sheet.name)
    before: list[Cell] = [None] * (found.start[1] if found.start else 0)
    number = 0
    # The rows come from the first of the sheet, the columns from the first that is filled.
    for number, row in enumerate(found.iter_rows() if found.start else (), 1):
        table.feed(number, before + [_cell(one) for one in row], scan.lost.get(number, _NO_LOSS))
    for late in sorted(row for row in scan.lost if row > number):
        table.feed(late, [], scan.lost[late])
    table.finish()


def _cell(value: Any) -> Cell:
    if value == "":
        return None
    if isinstance(value, float):
        return plain_number(value)
    if isinstance(value, timedelta):
        return str(value)
    return value  # type: ignore[no-any-return]
