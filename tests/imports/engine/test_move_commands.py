"""The commands of the contract: a dry run leaves nothing, a run brings, an undo takes back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.imports.engine.bringing import Bringer, client_row, everything, zipped


@pytest.fixture
def call(moving_app: Flask) -> Any:
    def run(*words: str) -> tuple[int, dict[str, Any]]:
        result = moving_app.test_cli_runner().invoke(args=["imports", *words, "--json"])
        return result.exit_code, json.loads(result.stdout.splitlines()[-1])

    return run


def test_a_dry_run_tells_and_leaves_nothing(call: Any, bringer: Bringer, tmp_path: Path) -> None:
    file = tmp_path / "vanha.zip"
    file.write_bytes(zipped({"client": [client_row("1"), client_row("2", birth_date="31.2.1990")]}))
    before, kept = everything(), sorted((bringer.instance / "imports").glob("*"))
    status, found = call("check", str(file), "--organisation", "009")
    assert status == 0
    assert found["counts"]["entities"] == {"client": {"in": 2, "created": 1, "stopped": 1}}
    assert [(one["sheet"], one["row"], one["column"], one["code"], one["tier"]) for one in found["findings"]] == [("client.csv", 3, "birth_date", "BAD_DATE", "stop-row")]
    assert all(one[part][language] for one in found["findings"] for part in ("reason", "cure") for language in ("fi", "sv"))
    assert everything() == before
    assert sorted((bringer.instance / "imports").iterdir()) == kept


def test_a_run_waits_for_a_person_when_much_is_lost_and_an_undo_takes_it_back(call: Any, bringer: Bringer, tmp_path: Path) -> None:
    file = tmp_path / "vanha.zip"
    file.write_bytes(zipped({"client": [client_row("1"), client_row("2", birth_date="31.2.1990")]}))
    before = everything()
    status, found = call("run", str(file), "--organisation", "009")
    assert (status, found["refused"], found["status"]) == (1, "MANY_LOST", "REHEARSED")
    assert everything() == before
    status, found = call("run", str(file), "--organisation", "009", "--confirm")
    assert (status, found["status"]) == (0, "COMMITTED")
    assert len(bringer.clients()) == 1
    status, undone = call("undo", found["batch"])
    assert (status, undone["counts"]["entities"]) == (0, {"client": {"reversed": 1}})
    assert everything() == before
    status, again = call("undo", found["batch"])
    assert (status, again["refused"]) == (1, "NOT_COMMITTED")


def test_what_is_no_table_is_refused_with_its_reason(call: Any, bringer: Bringer, tmp_path: Path) -> None:
    file = tmp_path / "kuva.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    status, found = call("check", str(file), "--organisation", "009")
    assert status == 1
    assert found["findings"][0]["reason"]["sv"]
