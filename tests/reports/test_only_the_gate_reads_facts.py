"""Nobody but the gate and those who write facts reads facts or hidden cells: a page cannot show what the gate would not."""

from __future__ import annotations

import ast
from pathlib import Path

APP = Path(__file__).parents[2] / "app"
GUARDED = {"ReportFact", "ReportHidden"}
# What the gate reads with; tests/reports/test_many_figures.py holds that nobody else does.
# A merger lets facts of both municipalities be one's, and shows none.
MAY = ("reports/figures.py", "reports/reading.py", "reports/statements.py", "reports/models.py", "reports/snapshot/", "reports/disclosure/", "transfers/merger.py")


def guarded_names(source: str) -> set[str]:
    """Give the guarded names a source imports or reaches through the module that holds them."""
    tree = ast.parse(source)
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in node.names}
    reached = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return (GUARDED & (imported | reached)) | {
        name for name in ("report_fact", "report_hidden") if any(name in text.lower() for text in texts)
    }


def test_a_reader_of_facts_is_found() -> None:
    assert guarded_names("from app.reports.models import ReportFact") == {"ReportFact"}
    assert guarded_names("import app.reports.models as m\nm.ReportHidden") == {"ReportHidden"}
    assert guarded_names("run('SELECT * FROM report_fact')") == {"report_fact"}


def test_only_the_gate_and_the_writers_read_facts() -> None:
    paths = [path for path in sorted(APP.rglob("*.py")) if not str(path.relative_to(APP)).startswith(MAY)]
    assert {str(path.relative_to(APP)): names for path in paths if (names := guarded_names(path.read_text()))} == {}
