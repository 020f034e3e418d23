"""A guess comes with its first rows, and can be chosen otherwise."""

from __future__ import annotations

from pathlib import Path

from app.imports.reading.choices import Choices
from app.imports.reading.preview import preview
from tests.imports.corpus.boxes import packed


def test_the_first_rows_show_what_was_guessed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"id;nimi\n" + "".join(f"{n};Mäki\n" for n in range(1000)).encode("cp1252"))
    shown = preview(tmp_path / "a.csv", most=3)
    (sheet,) = shown.sheets
    assert (sheet.encoding, sheet.delimiter, sheet.header_row, sheet.guessed) == ("cp1252", ";", 1, ("encoding", "delimiter", "header_row"))
    assert [(row.number, row.cells) for row in shown.rows[1]] == [(2, ("0", "Mäki")), (3, ("1", "Mäki")), (4, ("2", "Mäki"))]


def test_what_is_chosen_is_no_guess(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("id;nimi\n1;Mäki\n".encode("cp850"))
    shown = preview(tmp_path / "a.csv", choices=Choices(encoding="cp850", delimiter=";", header_row=1))
    assert shown.sheets[0].guessed == () and shown.rows[1][0].cells == ("1", "Mäki") and shown.troubles == []


def test_every_table_of_an_archive_is_shown(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed({"a.csv": "id;nimi\n" + "1;Aalto\n2;Berg\n" * 5, "b.csv": "lupa;id\n9;1\n"}))
    shown = preview(tmp_path / "a.zip", most=1)
    assert [sheet.name for sheet in shown.sheets] == ["a.csv", "b.csv"] and {number: len(rows) for number, rows in shown.rows.items()} == {1: 1, 2: 1}
