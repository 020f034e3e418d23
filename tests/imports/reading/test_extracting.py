"""A database is read into a file that goes the way of any file, whole or not at all."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.imports.reading.extracting import QuestionsError, questions_in
from app.imports.reading.messages import Cell, Row, Sheet
from app.imports.reading.reader import read
from tests.support.postgres import Postgres

TABLES = """
CREATE TABLE henkilo (id integer, nimi text, synt date, kuva {blob});
INSERT INTO henkilo VALUES (1, 'Åkerö "A"; 10:30', '1990-02-03', NULL), (2, NULL, NULL, NULL);
CREATE TABLE lupa (id text, henkilo integer);
INSERT INTO lupa VALUES ('a', 1);
"""
QUESTIONS = "== client\nSELECT id, nimi, synt FROM henkilo ORDER BY id\n== residence_basis\nSELECT id, henkilo FROM lupa\n"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        with sqlite3.connect(tmp_path / "old.db") as connection:
            connection.executescript(TABLES.format(blob="blob"))
        return f"sqlite:///{tmp_path / 'old.db'}"
    postgres: Postgres = request.getfixturevalue("postgres")
    database = postgres.new_database()
    with postgres.admin(database) as admin:
        admin.execute(TABLES.format(blob="bytea"))
    return postgres.url("postgres", database)


def run(app: Flask, tmp_path: Path, text: str, *more: str) -> tuple[Any, Path]:
    asked, out = tmp_path / "asked.txt", tmp_path / "out.zip"
    asked.write_text(text, encoding="utf-8")
    return app.test_cli_runner().invoke(args=["imports", "extract", str(out), "--database", str(asked), *more]), out


def test_what_a_database_answers_is_read_back_as_it_was(app: Flask, url: str, tmp_path: Path) -> None:
    result, out = run(app, tmp_path, f"{url}\n{QUESTIONS}", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {"ok": True, "rows": {"client": 2, "residence_basis": 1}, "findings": []}
    messages = list(read(out))
    assert [one.columns for one in messages if isinstance(one, Sheet)] == [("id", "nimi", "synt"), ("id", "henkilo")]
    found: list[tuple[Cell, ...]] = [one.cells for one in messages if isinstance(one, Row)]
    assert [(*map(str, cells),) for cells in found] == [("1", 'Åkerö "A"; 10:30', "1990-02-03"), ("2", "None", "None"), ("a", "1")]


def test_nothing_is_written_when_a_row_cannot_be_read(app: Flask, url: str, tmp_path: Path) -> None:
    query = f"== client\nSELECT id, CAST('ab' AS {'blob' if url.startswith('sqlite') else 'bytea'}) AS kuva FROM henkilo\n"
    result, out = run(app, tmp_path, f"{url}\n{query}", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 1 and not out.exists() and {one["code"] for one in told["findings"]} == {"BINARY_VALUE"}
    assert run(app, tmp_path, f"{url}\n{query}", "--leave-out", "kuva")[0].exit_code == 0


def test_what_writes_is_refused_and_no_password_is_told(app: Flask, url: str, tmp_path: Path) -> None:
    result, out = run(app, tmp_path, f"{url}\n== client\nDELETE FROM henkilo\n")
    assert result.exit_code == 1 and not out.exists() and "DB_QUERY" in result.output
    result, _out = run(app, tmp_path, "postgresql://reader:salasana@127.0.0.1:1/old\n== client\nSELECT 1\n")
    assert result.exit_code == 1 and "DB_UNREACHABLE" in result.output and "salasana" not in result.output


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sqlite://\n",
        "sqlite://\n== client\n",
        "sqlite://\nSELECT 1\n== client\nSELECT 1\n",
        "sqlite://\n== a\nSELECT 1\n== a\nSELECT 2\n",
    ],
)
def test_a_file_without_address_and_questions_is_misuse(app: Flask, tmp_path: Path, text: str) -> None:
    with pytest.raises(QuestionsError):
        questions_in(text)
    assert run(app, tmp_path, text)[0].exit_code == 2


def test_one_question_needs_no_name() -> None:
    assert questions_in("sqlite:///old.db\nSELECT 1,\n 2\n") == ("sqlite:///old.db", {"database": "SELECT 1,\n 2"})
