"""Files whose table is odd: headers, types, duplicates, formulas; most of them workbooks."""

from __future__ import annotations

from datetime import date, datetime

import xlsxwriter

from tests.imports.corpus.boxes import ods, ods_cell, written, xlsx
from tests.imports.corpus.case import Case, text


def _inline(place: str, value: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def _types(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("Tyypit")
    day, moment = book.add_format({"num_format": "d.m.yyyy"}), book.add_format({"num_format": "d.m.yyyy h:mm"})
    sheet.write_row(0, 0, ["id", "pvm", "aika", "luku", "kyllä", "teksti"])
    sheet.write_row(1, 0, [1.0, None, None, 2.5, True, "001"])
    sheet.write_datetime(1, 1, date(2024, 5, 1), day)
    sheet.write_datetime(1, 2, datetime(2024, 5, 1, 12, 30), moment)
    sheet.write_row(2, 0, [12345678901234567890.0])
    sheet.write_number(2, 1, 1, day)


def _merged(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("Yhdistetty")
    sheet.write(0, 0, "id")
    sheet.merge_range(0, 1, 0, 2, "Osoite")
    sheet.write_row(1, 0, [1, "Katu 1", "Oulu"])
    sheet.merge_range(2, 0, 3, 0, 2)
    sheet.write(2, 1, "Katu 2")
    sheet.write(3, 1, "Katu 3")


def _sheets(book: xlsxwriter.Workbook) -> None:
    book.add_worksheet("Tyhjä")
    hidden = book.add_worksheet("Piilossa")
    hidden.write_column(0, 0, ["id", 1])
    hidden.hide()
    titled = book.add_worksheet("Otsikoitu")
    titled.write(0, 0, "Asiakasraportti 2026")
    titled.write_row(2, 0, ["id", "nimi"])
    titled.write_row(3, 0, [7, "Aalto"])
    titled.write_row(9, 0, [8, "Berg"])
    titled.set_row(5000, None, book.add_format({"bold": True}))


def _formulas(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("Kaavat")
    sheet.write_row(0, 0, ["id", "summa", "haku"])
    for row in (1, 2, 3):
        sheet.write(row, 0, row)
    sheet.write_formula(1, 1, "=1+1", None, 2)
    sheet.write_formula(2, 2, "=VLOOKUP(9,A:B,2)", None, "#N/A")
    sheet.write_formula(3, 1, "=NOW()", None, "")
    sheet.write_string(1, 2, "=HYPERLINK(\"x\")")


_ODS_ROW = f"<table:table-row>{ods_cell('id')}{ods_cell('pvm')}{ods_cell('tila')}</table:table-row>"
_REPEATED = '<table:table-row table:number-rows-repeated="{}"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
_ODS = (
    '<table:table table:name="Taulukko" table:style-name="ta2">' + _ODS_ROW + _REPEATED.format(3)
    + f"<table:table-row>{ods_cell('1', 'float')}{ods_cell('2024-05-01', 'date')}{ods_cell('true', 'boolean')}</table:table-row>"
    + '<table:table-row>' + ods_cell("2", "float") + ods_cell("#N/A", "string", 'calcext:value-type="error" table:formula="of:=NA()"') + "</table:table-row>"
    + _REPEATED.format(1048570) + "</table:table>"
)  # fmt: skip
HEADERS = [
    Case("headers", "twice.csv", text("id;nimi;Nimi;\n1;a;b;\n"), 1, found=("DUPLICATE_HEADER 1 3",), columns=("id", "nimi", "Nimi (2)")),
    Case("headers", "nameless.csv", text("id;;nimi\n1;a;b\n"), 1, found=("EMPTY_HEADER 1 2",), columns=("id", "[B]", "nimi")),
    Case("headers", "title.csv", text("Raportti;;\nid;nimi;kunta\n1;Aalto;Oulu\n"), 1, found=("HEADER_NOT_FIRST 2 0",), columns=("id", "nimi", "kunta")),
    Case("headers", "chosen_row.csv", text("id;nimi\n1;Aalto\nid2;nimi2\n5;Berg\n"), 1, columns=("id2", "nimi2"), choices={"header_row": 3}),
    Case("headers", "row_not_there.csv", text("id;nimi\n1;Aalto\n"), None, found=("UNKNOWN_CHOICE 9 0",), choices={"header_row": 9}),
    Case("headers", "none.csv", text("1;1.2.1980;Oulu\n2;3.4.1990;Turku\n"), 1, found=("HEADER_LIKE_DATA 1 0",)),
    Case("headers", "only.csv", text("id;nimi\n"), 0, found=("NO_ROWS 1 0",)),
    Case("headers", "again.csv", text("id;nimi\n1;Aalto\nid;nimi\n2;Berg\n"), 2, found=("REPEATED_HEADER 3 1",)),
    Case("headers", "merged.xlsx", written(_merged), 3, found=("MERGED_HEADER 1 2", "DUPLICATE_HEADER 1 3", "MERGED_CELLS 3 1"),
         columns=("id", "Osoite", "Osoite (2)")),
    Case("headers", "sheets.xlsx", written(_sheets), 3,
         found=("EMPTY_SHEET 0 0", "HIDDEN_SHEET 0 0", "HEADER_NOT_FIRST 3 0"), columns=("id", "nimi")),
    Case("headers", "one_sheet.xlsx", written(_sheets), 2, found=("HEADER_NOT_FIRST 3 0",), choices={"sheets": ("Otsikoitu",)}),
]
TYPES = [
    Case("types", "types.xlsx", written(_types), 2, found=("LONG_NUMBER 3 1", "OLD_DATE 3 2"),
         holds=("1", "2024-05-01", "2024-05-01 12:30:00", "2.5", "True", "001", "1900-01-01")),
    Case("types", "date1904.xlsx", xlsx(f'<row r="1">{_inline("A1", "pvm")}</row><row r="2"><c r="A2" s="1"><v>45000</v></c></row>',
                                        properties='<workbookPr date1904="1"/>'), 1, holds=("2027-03-16",)),
    Case("types", "date1900.xlsx", xlsx(f'<row r="1">{_inline("A1", "pvm")}</row><row r="2"><c r="A2" s="1"><v>45000</v></c></row>'), 1, holds=("2023-03-15",)),
    Case("types", "types.ods", ods(_ODS), 1, found=("HIDDEN_SHEET 0 0", "ERROR_CELL 6 2"), holds=("1", "2024-05-01", "True")),
    Case("types", "types.json", text('[{"id":1.0,"osoite":{"katu":"K 1","nro":2},"kielet":["fi","sv"],"ok":true,"x":null,"osuus":0.5},{"id":2,"x":1e400}]'), 1,
         found=("NUMBER_TOO_LARGE 2 6",), holds=("1", "K 1", "fi; sv", "0.5"), columns=("id", "osoite.katu", "osoite.nro", "kielet", "ok", "x", "osuus")),
    Case("types", "error_words.csv", text("id;haku\n1;#N/A\n2;#PUUTTUU!\n3;ok\n"), 1, found=("ERROR_CELL 2 2", "ERROR_CELL 3 2")),
]
DUPLICATES = [
    Case("duplicates", "rows.csv", text("id;nimi\n1;Aalto\n2;Berg\n1;Aalto\n"), 3, found=("DUPLICATE_ROW 4 1",)),
    Case("duplicates", "keys.json", text('[{"id":1,"nimi":"a","nimi":"b"},{"id":2,"nimi":"c"}]'), 1, found=("DUPLICATE_KEY 1 2",)),
    Case("duplicates", "three_names.csv", text("nimi;nimi;nimi (2)\na;b;c\n"), 1, found=("DUPLICATE_HEADER 1 2", "DUPLICATE_HEADER 1 3")),
]
FORMULAS = [
    Case("formulas", "texts.csv", text("id;a;b\n1;=1+1;+358 40 123\n2;@SUM(A1);-5,0\n3;-;+cmd|' /C calc'!A0\n"), 3,
         found=("FORMULA_TEXT 2 2", "FORMULA_TEXT 3 2", "FORMULA_TEXT 4 3"), holds=("=1+1", "+358 40 123")),
    Case("formulas", "formulas.xlsx", written(_formulas), 1,
         found=("FORMULA_TEXT 2 3", "ERROR_CELL 3 3", "NO_FORMULA_VALUE 4 2"), holds=("2", '=HYPERLINK("x")')),
    Case("formulas", "left_out.xlsx", written(_formulas), 3, choices={"leave_out": ("haku", "summa")}),
]
