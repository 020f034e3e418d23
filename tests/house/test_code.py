"""Imports go one way, files stay small, nothing is left unfinished."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "app").rglob("*.py")) + sorted((ROOT / "tests").rglob("*.py")) + [ROOT / "config.py"]


def too_long(source: str, most: int) -> list[str]:
    """Name the functions of a source that have more lines than `most`."""
    found = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef))
    return [node.name for node in found if (node.end_lineno or 0) - node.lineno + 1 > most]


def test_imports_go_one_way() -> None:
    lint = [str(Path(sys.executable).parent / "lint-imports")]
    result = subprocess.run(lint, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_files_have_at_most_400_lines() -> None:
    assert {str(path.relative_to(ROOT)) for path in SOURCES if len(path.read_text().splitlines()) > 400} == set()


def test_functions_have_at_most_40_lines() -> None:
    assert too_long("def f():\n" + "    x = 1\n" * 50, 40) == ["f"]
    assert {f"{path.relative_to(ROOT)}:{name}" for path in SOURCES for name in too_long(path.read_text(), 40)} == set()


def test_every_module_says_what_it_is_for() -> None:
    empty = {str(path.relative_to(ROOT)) for path in SOURCES if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))}
    assert empty == set()


def test_the_style_checker_finds_nothing() -> None:
    result = subprocess.run([str(Path(sys.executable).parent / "ruff"), "check", "."], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_the_types_agree() -> None:
    command = [sys.executable, "-m", "mypy", "--cache-dir=/dev/null", "app", "config.py"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
