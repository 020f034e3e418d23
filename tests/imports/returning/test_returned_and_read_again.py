"""What was returned and is read again has the same cells; what was stopped is stopped again until it is corrected."""

from __future__ import annotations

import json
import random
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from app.imports.reading.choices import Choices
from app.imports.reading.limits import Limits
from app.imports.reading.messages import Cell
from tests.imports.corpus.case import Case
from tests.imports.corpus.cases import CASES
from tests.imports.returning.sending import columns_in, is_complete, rows_in, there_and_back

# One or two of each kind of file and of each way in which a row is stopped.
CHOSEN = (
    "utf16_le_bom.csv", "cp1252_signs.csv", "stray.csv", "line_break.csv", "too_many_cells.csv", "too_few_cells.csv", "chosen_row.csv", "title.csv", "again.csv",
    "nul.csv", "texts.csv", "single.csv", "merged.xlsx", "sheets.xlsx", "formulas.xlsx", "types.ods", "types.json", "keys.json", "two_lists.json",
    "bad_lines.jsonl", "linked.zip", "with_letter.zip",
)  # fmt: skip
ALPHABET = "aäöÅ😀 \t\n\r\x07\x0b=+-@'\"<>&;,|_x0041\u2028\u0301" + "<r>" + "0123456789"
MANY = 60


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize("case", [one for one in CASES if one.name in CHOSEN], ids=lambda case: case.name)
def test_each_kind_of_file_comes_back_as_it_was(case: Case, tmp_path: Path) -> None:
    source = tmp_path / case.name
    source.write_bytes(case.content())
    before, result, after = there_and_back(source, Choices(**case.choices), Limits(**case.limits))
    assert result.ending == "xlsx" and result.is_complete and is_complete(after)
    assert rows_in(after) == rows_in(before, shifted=True) and columns_in(after) == columns_in(before)


@pytest.mark.usefixtures("in_app")
def test_a_source_that_is_cut_gives_the_list_alone(tmp_path: Path) -> None:
    for case in (one for one in CASES if one.name in ("unclosed.csv", "cut.json")):
        source = tmp_path / case.name
        source.write_bytes(case.content())
        _before, result, after = there_and_back(source)
        assert not result.is_complete and result.findings == 1
        assert rows_in(after) == {} and columns_in(after) == {}


def a_text(dice: random.Random) -> str:
    return "".join(dice.choices(ALPHABET, k=dice.randrange(1, 14)))


def a_cell(dice: random.Random, day: bool) -> Cell:
    """A cell of any kind that a worksheet holds; JSON has no days."""
    kind = dice.randrange(7 if day else 4)
    if kind < 2:
        return a_text(dice) if kind else None
    if kind == 2:
        return dice.choice([dice.randrange(-(10**6), 10**14), round(dice.uniform(-1e6, 1e6), dice.randrange(1, 6)), 1.5e-7, 0])
    if kind == 3:
        return dice.random() < 0.5
    moment = datetime(1900, 3, 1) + timedelta(days=dice.randrange(60_000), seconds=dice.randrange(1, 86_400), milliseconds=dice.randrange(1000))
    return (moment.date(), moment, moment.time())[kind - 4]


def table(dice: random.Random, day: bool) -> list[list[Cell]]:
    return [[f"avain {number}", *(a_cell(dice, day) for _column in range(6))] for number in range(MANY)]


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize("seed", range(3))
def test_any_worksheet_comes_back_cell_by_cell(seed: int, tmp_path: Path) -> None:
    """Of three sheets whose names a workbook allows, with empty rows between and a title above."""
    dice, source, made = random.Random(seed), tmp_path / "kirja.xlsx", {}
    with xlsxwriter.Workbook(source, {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}) as book:
        forms = {date: book.add_format({"num_format": "d.m.yyyy"}), datetime: book.add_format({"num_format": "d.m.yyyy h:mm"}), time: book.add_format({"num_format": "h:mm"})}
        for name in ("Löydökset", "O'Brien & <pojat>", "x" * 31):
            sheet, at = book.add_worksheet(name), dice.randrange(3)
            sheet.write_row(at, 0, ["avain", "a", "b", "c", "d", "e", "f"])
            for row in table(dice, day=True):
                at += dice.randrange(1, 3)
                for column, cell in enumerate(row):
                    if isinstance(cell, (date, time)):
                        sheet.write_datetime(at, column, cell, forms[type(cell)])
                    elif isinstance(cell, str):
                        # The tool that makes the source takes such a text for marked-up text.
                        sheet.write_string(at, column, row[column].replace("<r>", "<R>") if cell.startswith("<r>") else cell)
                    elif cell is not None:
                        sheet.write(at, column, cell)
                made[name, at + 1] = tuple(row)
    before, _result, after = there_and_back(source)
    assert len(rows_in(before)) > 2 * MANY and rows_in(after) == rows_in(before) and columns_in(after) == columns_in(before)
    # The reader gives what was written, so that equal readings are not equally wrong.
    same = sum(rows_in(after).get(place) == cells for place, cells in made.items())
    assert same > 0.8 * len(rows_in(after))


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize("seed", range(3))
def test_any_list_of_objects_comes_back_cell_by_cell(seed: int, tmp_path: Path) -> None:
    dice, source = random.Random(seed), tmp_path / "lista.json"
    source.write_text(json.dumps([dict(zip("abcdefg", row, strict=True)) for row in table(dice, day=False)]), encoding="utf-8")
    before, _result, after = there_and_back(source)
    assert len(rows_in(before)) > MANY / 2 and rows_in(after) == rows_in(before, shifted=True)


@pytest.mark.usefixtures("in_app")
def test_what_no_worksheet_holds_exactly_stays_as_text(tmp_path: Path) -> None:
    source = tmp_path / "suuret.json"
    source.write_text('[{"id":"1","a":12345678901234567,"b":0.1234567890123456789,"c":"\\uffff"},{"id":"2","a":1e400}]', encoding="utf-8")
    _before, _result, after = there_and_back(source)
    assert rows_in(after) == {("suuret.json", 2): ("1", "12345678901234567", "0.12345678901234568", "\ufffd")}
