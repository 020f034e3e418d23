"""What a change of law would do is told in numbers before it takes force, and nothing is changed by asking."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.deadlines.numbers import DATA, number
from tests.obligations.conftest import CLIENTS, Register

RULES = DATA / "rules.csv"


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Path]:
    """Write the rules with some fields of one rule changed, and give the file."""

    def write(rule: str, **fields: str) -> Path:
        with RULES.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            row.update(fields if row["rule"] == rule else {})
        path = tmp_path / "rules.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=rows[0])
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


def effects(register: Register, path: Path) -> tuple[dict[str, Any], str]:
    result = register.run("preview", str(path), "--json")
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert document["clients"] == CLIENTS
    return {row.pop("rule"): row for row in document["rules"]}, result.stdout


def test_a_single_case_is_computed_by_the_same_application(register: Register, tmp_path: Path) -> None:
    (tmp_path / "case.json").write_text('{"as_of": "2026-06-01"}', encoding="utf-8")
    assert json.loads(register.run("compute", str(tmp_path / "case.json"), "--json").stdout) == {"deadlines": []}


def test_the_same_rules_change_nothing(register: Register) -> None:
    assert effects(register, RULES)[0] == {}
    assert "No time limit of the 40 clients changes." in register.run("preview", str(RULES)).output


def test_a_shorter_limit_makes_days_earlier_and_tasks_overdue(register: Register, changed: Callable[..., Path]) -> None:
    before = register.content()
    path = changed("R07", amount="3")
    found, text = effects(register, path)
    reviews = [row for row in before if row[4] == "R07"]
    assert set(found) == {"R07"} and found["R07"]["later"] == found["R07"]["gone"] == 0
    assert 0 < found["R07"]["earlier"] <= len(reviews) and 0 < found["R07"]["becomes_overdue"] < found["R07"]["earlier"]
    # No key of a client stands in the answer.
    assert not [row for row in before if row[0] in text]
    words = register.run("preview", str(path)).output
    assert f"R07: {found['R07']['earlier']} fall due earlier, " in words and f", {found['R07']['becomes_overdue']} become overdue\n" in words
    # Whoever asked has changed nothing, and the rules in force are those of before.
    assert register.content() == before and number("R07", date.today()).amount == 6


def test_a_longer_limit_and_a_rule_that_ends_are_counted_apart(register: Register, changed: Callable[..., Path]) -> None:
    longer, _text = effects(register, changed("R05", amount="4"))
    assert longer["R05"]["later"] == sum(row[4] == "R05" for row in register.content()) and longer["R05"]["earlier"] == 0
    ended, _text = effects(register, changed("R03", valid_to="2025-01-01"))
    assert ended["R03"]["gone"] > 0 and set(ended) == {"R03"}


@pytest.mark.parametrize("text", ["", "rule,amount\nR01,x\n", "rule,amount,unit\nR01,1,ages\n", RULES.read_text(encoding="utf-8").partition("\nR02")[0]])
def test_a_file_that_holds_no_rules_is_refused(register: Register, tmp_path: Path, text: str) -> None:
    path = tmp_path / "rules.csv"
    path.write_text(text, encoding="utf-8")
    result = register.run("preview", str(path), "--json")
    assert result.exit_code == 1 and json.loads(result.stdout)["ok"] is False
