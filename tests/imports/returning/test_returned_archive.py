"""What no workbook holds goes back as text files: nothing in them is calculated, and read again they are what they were."""

from __future__ import annotations

import csv
import json
from io import TextIOWrapper
from pathlib import Path
from zipfile import ZipFile

import pytest

from app.imports.reading.choices import Choices
from app.imports.reading.limits import Limits
from app.imports.reading.messages import Trouble
from tests.imports.returning.sending import columns_in, rows_in, there_and_back

pytestmark = pytest.mark.usefixtures("in_app")
LONG = "x" * 40_000
TEXTS = ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd", "\t=1", "'=1", "''@x", "-5,0", "+358 40 123", "'hei", "sanoi \"ei\"", "a;b", "rivi\nrivi", " ", "-"]


def files_in(path: Path) -> dict[str, list[list[str]]]:
    with ZipFile(path) as archive:
        return {name: list(csv.reader(TextIOWrapper(archive.open(name), "utf-8-sig", newline=""), delimiter=";")) for name in archive.namelist()}


def test_a_text_too_long_for_a_cell_goes_back_as_text(tmp_path: Path) -> None:
    source = tmp_path / "lista.json"
    source.write_text(json.dumps([{"id": number, "a": text, "b": True} for number, text in enumerate([LONG, *TEXTS])]), encoding="utf-8")
    before, result, after = there_and_back(source)
    assert result.ending == "zip" and list(files_in(tmp_path / "returned")) == ["findings.csv", "lista.json.csv"]
    assert [row[1] for row in rows_in(after).values()] == [LONG, *TEXTS] and len(rows_in(before)) == len(TEXTS) + 1
    assert columns_in(after) == columns_in(before) == {"lista.json": ("id", "a", "b")}
    assert list(rows_in(after)) == list(rows_in(before, shifted=True))


def test_no_text_is_calculated(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("id;a\n1;" + LONG + "\n2;=1+1\n3;-5\n4;+358 40 123\n5;@x\n", encoding="utf-8")
    there_and_back(source)
    found = files_in(tmp_path / "returned")
    assert [row[1] for row in found["a.csv"][2:]] == ["'=1+1", "-5", "+358 40 123", "'@x"]
    assert [row[4:6] for row in found["findings.csv"][2:]] == [["B3", "'=1+1"], ["B6", "'@x"]]


@pytest.mark.parametrize("limits", [{"workbook_cells": 8}, {"workbook_area": 20}, {"workbook_bytes": 9000}])
def test_a_workbook_that_could_not_be_read_again_is_none(tmp_path: Path, limits: dict[str, int]) -> None:
    source = tmp_path / "a.csv"
    source.write_text("id;a\n\n1;b\n2\n3;c\n" + "\n" * 10 + "4;d\n", encoding="utf-8")
    before, result, after = there_and_back(source, limits=Limits(**limits))
    assert result.ending == "zip" and result.findings == 1
    # Blank rows stand where they stood, and the row that was stopped is stopped again.
    assert rows_in(after) == rows_in(before) == {("a.csv", 3): ("1", "b"), ("a.csv", 5): ("3", "c"), ("a.csv", 16): ("4", "d")}
    assert [(one.code, one.row) for one in after if isinstance(one, Trouble)] == [("ERROR_CELL", 4)]


def test_what_was_chosen_for_the_source_does_not_hold_for_what_goes_back(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("id,'a'\n1,'Mäki, \"Å\"'\n2," + LONG + "\n", encoding="cp850")
    before, result, after = there_and_back(source, Choices(encoding="cp850", delimiter=",", quote="'"))
    assert result.ending == "zip" and rows_in(after) == rows_in(before) == {("a.csv", 2): ("1", 'Mäki, "Å"'), ("a.csv", 3): ("2", LONG)}


def test_several_tables_keep_their_names(tmp_path: Path) -> None:
    source = tmp_path / "kaikki.json"
    source.write_text(json.dumps({"asiakkaat": [{"id": 1, "h": LONG}], "a/b": [{"id": 2}], "a:b": [{"id": 3}]}), encoding="utf-8")
    before, _result, after = there_and_back(source)
    assert list(files_in(tmp_path / "returned")) == ["findings.csv", "kaikki.json asiakkaat.csv", "kaikki.json a_b.csv", "kaikki.json a_b (2).csv"]
    assert list(columns_in(after)) == list(columns_in(before)) == ["kaikki.json asiakkaat", "kaikki.json a/b", "kaikki.json a:b"]
