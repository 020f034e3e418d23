"""`imports profile`: one JSON document, no value whole; 0 done, 1 refused with reasons, 2 misuse. Needs no table in the database."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.imports.corpus.boxes import packed
from tests.support.app import make_app

_CSV = "asno;hetu;nimi;kunta\n0012;010190-900P;Aallotar Aamunkoi;Oulu\n0013;010190-9003;Berg Bo;OULU\n0014;;=1+1;Oulu;liikaa\n"


@pytest.fixture(scope="module")
def unprepared(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application whose database has no table."""
    return make_app(tmp_path_factory.mktemp("no-tables"))


def profiled(app: Flask, path: Path, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["imports", "profile", str(path), "--json", *arguments])


def test_a_file_is_profiled_without_showing_a_value(unprepared: Flask, tmp_path: Path) -> None:
    path = tmp_path / "asiakkaat.csv"
    path.write_bytes(_CSV.encode("cp1252"))
    result = profiled(unprepared, path)
    document = json.loads(result.stdout)
    (sheet,) = document["sheets"]
    assert result.exit_code == 0 and document["ok"] and (document["rows"], document["stopped_rows"], sheet["rows"]) == (3, 1, 2)
    assert [(one["name"], one["type"], one["filled"]) for one in sheet["columns"]] == [
        ("asno", "whole_number", 2), ("hetu", "identity_code", 2), ("nimi", "text", 2), ("kunta", "text", 2)]  # fmt: skip
    assert [(one["code"], one["row"], one["column"]) for one in document["findings"]] == [("EXTRA_CELLS", 4, 5)]
    assert document["findings"][0]["reason"] == {"fi": "Rivillä on enemmän soluja kuin sarakkeita.", "sv": "Raden har fler celler än det finns kolumner."}
    (suspicion,) = sheet["columns"][1]["suspicions"]
    assert suspicion["code"] == "WRONG_IDENTITY_CODE" and suspicion["reason"]["sv"].startswith("Värdet ser ut som en personbeteckning")
    assert sheet["seems_to_hold"] is None
    assert not [value for value in ("Aallotar", "Aamunkoi", "Berg", "900P", "9003", "0012", "liikaa") if value in result.stdout]


def test_a_header_that_looks_like_data_is_masked_too(unprepared: Flask, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("010190-900P;1.1.1990;Aallotar\n010190-9003;2.2.1991;Berg\n")
    result = profiled(unprepared, tmp_path / "a.csv")
    assert result.exit_code == 0 and "Aallotar" not in result.stdout and "900P" not in result.stdout


def test_a_file_that_cannot_be_read_is_refused_with_reasons(unprepared: Flask, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"%PDF-1.7 ...")
    result = profiled(unprepared, tmp_path / "a.csv")
    document = json.loads(result.stdout)
    assert result.exit_code == 1 and not document["ok"] and document["sheets"] == [] and document["reasons"][0]["code"] == "WRONG_FORMAT"
    assert set(document["reasons"][0]["cure"]) == {"fi", "sv"} and all(document["reasons"][0]["cure"].values())


def test_a_choice_goes_before_the_guess(unprepared: Flask, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x|y\nid|nimi;lempinimi\n1|a\n")
    document = json.loads(profiled(unprepared, tmp_path / "a.csv", "--delimiter", "bar", "--header-row", "2", "--encoding", "cp1252").stdout)
    assert [one["name"] for one in document["sheets"][0]["columns"]] == ["id", "nimi;lempinimi"] and document["sheets"][0]["guessed"] == []


def test_files_of_an_archive_are_linked_by_their_identifiers(unprepared: Flask, tmp_path: Path) -> None:
    clients = "asno;nimi\n" + "".join(f"A{number};Nimi{number % 7}\n" for number in range(50))
    permits = "lupa;asiakas\n" + "".join(f"L{number};A{number % 50}\n" for number in range(80))
    (tmp_path / "a.zip").write_bytes(packed({"asiakkaat.csv": clients, "luvat.csv": permits}))
    assert json.loads(profiled(unprepared, tmp_path / "a.zip").stdout)["links"] == [
        {"sheet": "luvat.csv", "column": "asiakas", "to_sheet": "asiakkaat.csv", "to_column": "asno", "share": 1.0}]  # fmt: skip


def test_a_database_is_named_by_a_file(unprepared: Flask, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "old.db") as connection:
        connection.executescript("CREATE TABLE a (id integer, nimi text); INSERT INTO a VALUES (1, 'Aalto')")
    (tmp_path / "address").write_text(f"sqlite:///{tmp_path / 'old.db'}\nSELECT id, nimi\nFROM a\n")
    result = unprepared.test_cli_runner().invoke(args=["imports", "profile", "--database", str(tmp_path / "address"), "--json"])
    assert result.exit_code == 0 and [one["name"] for one in json.loads(result.stdout)["sheets"][0]["columns"]] == ["id", "nimi"]


@pytest.mark.parametrize("arguments", [[], ["no-such-file.csv"], ["{file}", "--encoding", "rot13"], ["{file}", "--database", "{file}"], ["{file}", "--header-row", "0"]])
def test_misuse_ends_with_two(unprepared: Flask, tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "a.csv").write_text("id;nimi\n1;a\n")
    given = [one.format(file=tmp_path / "a.csv") for one in arguments]
    result = unprepared.test_cli_runner().invoke(args=["imports", "profile", "--json", *given])
    assert result.exit_code == 2 and result.stdout == ""


def test_without_json_people_read_lines(unprepared: Flask, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(_CSV)
    result = unprepared.test_cli_runner().invoke(args=["imports", "profile", str(tmp_path / "a.csv")])
    assert result.exit_code == 0 and "EXTRA_CELLS" in result.stdout and "WRONG_IDENTITY_CODE 1" in result.stdout
