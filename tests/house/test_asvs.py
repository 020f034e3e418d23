"""The account of OWASP ASVS 5.0.0 is whole: every requirement of level 1 and 2 once, answered, and each test it names exists."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from pathlib import Path

from docs.asvs import ANSWERS, CHAPTERS, requirements

ROOT = Path(__file__).parents[2]
# Section → how many requirements of level 1 and 2 it has; those of level 3 come last in each section.
SECTIONS = {
    "V1.1": 2, "V1.2": 9, "V1.3": 11, "V1.4": 3, "V1.5": 2, "V2.1": 3, "V2.2": 3, "V2.3": 4, "V2.4": 1,
    "V3.2": 2, "V3.3": 4, "V3.4": 6, "V3.5": 5, "V3.7": 2, "V4.1": 3, "V4.2": 1, "V4.3": 2, "V4.4": 4, "V5.1": 1, "V5.2": 3, "V5.3": 2, "V5.4": 3,
    "V6.1": 3, "V6.2": 12, "V6.3": 4, "V6.4": 4, "V6.5": 5, "V6.6": 3, "V6.8": 4, "V7.1": 3, "V7.2": 4, "V7.3": 2, "V7.4": 5, "V7.5": 2, "V7.6": 2,
    "V8.1": 2, "V8.2": 3, "V8.3": 1, "V8.4": 1, "V9.1": 3, "V9.2": 4,
    "V10.1": 2, "V10.2": 2, "V10.3": 4, "V10.4": 11, "V10.5": 5, "V10.6": 2, "V10.7": 3,
    "V11.1": 2, "V11.2": 3, "V11.3": 3, "V11.4": 4, "V11.5": 1, "V11.6": 1, "V12.1": 3, "V12.2": 2, "V12.3": 4,
    "V13.1": 1, "V13.2": 5, "V13.3": 2, "V13.4": 5, "V14.1": 2, "V14.2": 4, "V14.3": 3, "V15.1": 3, "V15.2": 3, "V15.3": 7,
    "V16.1": 1, "V16.2": 5, "V16.3": 4, "V16.4": 3, "V16.5": 3, "V17.1": 1, "V17.2": 4, "V17.3": 2,
}  # fmt: skip


@cache
def names_in(path: str) -> frozenset[str]:
    """Give the names of the tests a file holds, none for a file that does not exist."""
    file = ROOT / path
    found = ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if file.is_file() else ()
    return frozenset(node.name for node in found if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))


def exists(test: str) -> bool:
    path, _, name = test.partition("::")
    return name in names_in(path)


def test_the_look_for_tests_can_fail() -> None:
    here = str(Path(__file__).relative_to(ROOT))
    assert exists(f"{here}::test_the_look_for_tests_can_fail")
    assert not exists(f"{here}::test_that_is_not_there") and not exists("tests/house/nowhere.py::test_x") and not exists(here)


def test_every_requirement_of_both_levels_is_there_once_and_in_order() -> None:
    rows = requirements()
    assert [row.id for row in rows] == [f"{section}.{number}" for section, many in SECTIONS.items() for number in range(1, many + 1)]
    assert Counter(row.level for row in rows) == {"1": 70, "2": 183}
    assert {row.chapter for row in rows} == CHAPTERS.keys()


def test_every_requirement_has_words_and_an_answer() -> None:
    rows = requirements()
    assert {row.answer for row in rows} <= set(ANSWERS)
    assert [row.id for row in rows if not row.about.strip() or len(row.about) > 90] == []
    assert [row.id for row in rows if not (row.note.strip() or (row.answer == "met" and row.tests))] == []
    assert [row.id for row in rows if row.answer in ("open", "not applicable") and row.tests] == []


def test_every_named_test_exists() -> None:
    assert [(row.id, test) for row in requirements() for test in row.tests.split() if not exists(test)] == []
    assert sum(bool(row.tests) for row in requirements()) > 100
