"""Each module of rules has tests that need neither an application nor a database; the mutation test asks them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.mutants.chosen import NEEDED, mutated_paths, unit_tests

ROOT = Path(__file__).parents[2]
# Fixtures of a whole application, and what makes one.
_HEAVY = {"app", "sqlite_app", "postgres_app", "postgres", "browser", "examples", "aino", "cecilia", "eeva"}
TREES = {path: ast.parse((ROOT / path).read_text(encoding="utf-8")) for path in unit_tests(ROOT)}


def _imported(tree: ast.Module) -> set[str]:
    found = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    return found | {one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names}


def test_each_module_of_rules_is_tried_alone() -> None:
    tried = set().union(*map(_imported, TREES.values()))
    rules = [path for path in mutated_paths(ROOT) if path.parent.name != "deadlines"]
    assert len(rules) > 20
    assert [str(path) for path in rules if ".".join(path.with_suffix("").parts) not in tried] == []


@pytest.mark.parametrize("path", TREES)
def test_no_such_test_needs_an_application(path: str) -> None:
    functions = [node for node in ast.walk(TREES[path]) if isinstance(node, ast.FunctionDef)]
    fixtures = {argument.arg for one in functions if one.name.startswith("test_") for argument in one.args.args}
    makers = {name for name in _imported(TREES[path]) if name in ("tests.support.app", "tests.support.browser")}
    assert not fixtures & _HEAVY and not makers


@pytest.mark.parametrize("path", TREES)
def test_the_copy_beside_the_mutants_holds_what_each_needs(path: str) -> None:
    needed = {f"{name.replace('.', '/')}.py" for name in _imported(TREES[path]) if name.startswith("tests.")}
    assert {name for name in needed if name not in TREES and not name.startswith(NEEDED)} == set()
