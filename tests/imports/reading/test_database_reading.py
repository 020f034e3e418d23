"""A database read directly: SQLite and PostgreSQL, only by reading, and no word of the driver comes out."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.imports.reading.choices import Choices
from app.imports.reading.messages import Cell, End, Message, Row, Sheet, Trouble
from app.imports.reading.reader import Address, read
from tests.support.postgres import Postgres

_TABLE = """
CREATE TABLE asiakas (id integer, nimi text, summa numeric, osuus float, pvm date, aika timestamp, kuva {blob});
INSERT INTO asiakas VALUES (1, 'Mäkinen 10:30 100%', 5.0, 0.25, '2024-05-01', '2024-05-01 12:30:00', NULL), (2, NULL, 0.5, NULL, NULL, NULL, NULL);
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        with sqlite3.connect(tmp_path / "old.db") as connection:
            connection.executescript(_TABLE.format(blob="blob"))
        return f"sqlite:///{tmp_path / 'old.db'}"
    postgres: Postgres = request.getfixturevalue("postgres")
    database = postgres.new_database()
    with postgres.admin(database) as admin:
        admin.execute(_TABLE.format(blob="bytea"))
    return postgres.url("postgres", database)


def asked(url: str, query: str, **choices: Any) -> list[Message]:
    return list(read(Address(url, query), "vanha", Choices(**choices)))


def rows(messages: list[Message]) -> list[tuple[Cell, ...]]:
    return [one.cells for one in messages if isinstance(one, Row)]


def codes(messages: list[Message]) -> list[str]:
    return [one.code for one in messages if isinstance(one, Trouble)]


def test_values_keep_their_types(url: str) -> None:
    messages = asked(url, "SELECT id, nimi, summa, osuus, pvm, aika FROM asiakas WHERE nimi LIKE '%10:30%' OR id = 2 ORDER BY id")
    assert isinstance(messages[0], Sheet) and messages[0].columns == ("id", "nimi", "summa", "osuus", "pvm", "aika")
    first, second = rows(messages)
    assert first[:4] == (1, "Mäkinen 10:30 100%", 5, 0.25) and isinstance(first[2], int) and second == (2, None, 0.5, None, None, None)
    assert first[4:] in ((date(2024, 5, 1), datetime(2024, 5, 1, 12, 30)), ("2024-05-01", "2024-05-01 12:30:00"))
    assert isinstance(messages[-1], End) and messages[-1].complete


def test_a_file_in_a_cell_stops_its_row_unless_it_is_left_out(url: str) -> None:
    query = "SELECT id, CAST('ab' AS {}) AS kuva FROM asiakas".format("blob" if url.startswith("sqlite") else "bytea")
    assert codes(asked(url, query)) == ["BINARY_VALUE", "BINARY_VALUE"]
    assert rows(asked(url, query, leave_out=("kuva",))) == [(1, None), (2, None)]


@pytest.mark.parametrize("query", ["DELETE FROM asiakas", "INSERT INTO asiakas (id) VALUES (9)", "SELECT * FROM nowhere", "", "SELECT 1; DROP TABLE asiakas"])
def test_only_reading_is_done(url: str, query: str) -> None:
    messages = asked(url, query)
    assert codes(messages) == ["DB_QUERY"] and messages[-1] == End(complete=False)
    assert rows(asked(url, "SELECT count(*) FROM asiakas")) == [(2,)]


def test_an_answer_without_rows_is_told(url: str) -> None:
    assert codes(asked(url, "SELECT id FROM asiakas WHERE id > 5")) == ["NO_ROWS"]


@pytest.mark.parametrize(
    ("address", "code"),
    [("oracle://u:hush@127.0.0.1:1/x", "DB_DRIVER"), ("informix://x", "DB_DRIVER"), ("not an address", "DB_DRIVER"), ("sqlite:////no/such/folder/x.db", "DB_UNREACHABLE"),
     ("postgresql://u:hush@127.0.0.1:1/x", "DB_UNREACHABLE")],
)  # fmt: skip
def test_what_cannot_be_reached_is_a_finding_without_the_password(address: str, code: str) -> None:
    messages = asked(address, "SELECT 1")
    assert codes(messages) == [code] and "hush" not in repr(messages) and "hush" not in repr(Address(address, ""))


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    assert codes(asked(f"sqlite:///{tmp_path / 'none.db'}", "SELECT 1")) == ["DB_UNREACHABLE"] and not (tmp_path / "none.db").exists()
