"""A text is read back as it was, whatever it looks like: in a workbook in memory and in one that keeps a row at a time."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from app.core.plain_book import PlainBook
from app.core.spreadsheets import as_text

ODD = ["<r><t>x</t></r>", "<r></r>", " <r>x</r> ", "=1+1", "+1", "-1", "@A1", "https://koto.invalid", "12", "a\tb", "<b>&amp;</b>"]


@pytest.mark.parametrize("options", [{}, {"in_memory": False, "constant_memory": True}])
def test_no_text_is_taken_for_markup_a_formula_or_a_link(tmp_path: Path, options: dict[str, Any]) -> None:
    place = tmp_path / "book.xlsx"
    with PlainBook(str(place), options) as book:
        sheet = book.add_worksheet("Texts")
        for at, text in enumerate(ODD):
            sheet.write(at, 0, text)
    rows: list[list[Any]] = CalamineWorkbook.from_path(str(place)).get_sheet_by_name("Texts").to_python()
    assert [row[0] for row in rows] == ODD
    files = ZipFile(BytesIO(place.read_bytes()))
    whole = "".join(files.read(name).decode() for name in files.namelist())
    assert "<f>" not in whole and "hyperlink" not in whole


def test_a_text_that_begins_as_a_formula_gets_an_apostrophe_and_a_number_does_not() -> None:
    assert [as_text(cell) for cell in ("=1", "+1", "-1", "@a", "\t=1", "a=1", -1, -1.5, 0)] == [
        "'=1",
        "'+1",
        "'-1",
        "'@a",
        "'\t=1",
        "a=1",
        -1,
        -1.5,
        0,
    ]
