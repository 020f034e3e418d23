"""The lock holds what its packages want on each Python we name, and all that our files import."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
# Debian 12 has 3.11.2.
PYTHONS = ("3.11.2", "3.12.3", "3.13.5")


def locked(filename: str) -> set[str]:
    return {canonicalize_name(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / filename).read_text(encoding="utf-8"), re.M)}


def wanted_by(name: str, python: str) -> set[str]:
    """Give what a package wants on a Python, without its extras."""
    place = {"python_version": python.rsplit(".", 1)[0], "python_full_version": python, "extra": ""}
    found = [Requirement(text) for text in requires(name) or []]
    return {canonicalize_name(part.name) for part in found if part.marker is None or part.marker.evaluate(place)}


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("filename", ["requirements.txt", "requirements/dev.txt"])
def test_nothing_that_is_wanted_is_left_out(filename: str, python: str) -> None:
    names = locked(filename)
    missing = {f"{name} wants {other}" for name in names for other in wanted_by(name, python) - names}
    assert len(names) > 40 and missing == set()


def test_the_check_can_fail() -> None:
    assert "async-timeout" in wanted_by("redis", "3.11.2") and "async-timeout" not in wanted_by("redis", "3.11.3")


def test_the_lock_names_no_index() -> None:
    for filename in ("requirements.txt", "requirements/dev.txt", "requirements/mutants.txt"):
        text = (ROOT / filename).read_text(encoding="utf-8")
        assert "http" not in re.sub(r"#.*", "", text) and "--hash=sha256:" in text


OURS = {path.stem for path in ROOT.iterdir() if path.suffix == ".py" or any(path.glob("*.py"))}
DISTRIBUTIONS = packages_distributions()


def imported(path: Path) -> Iterator[str]:
    """Give each module that a file names, where it names it: a name taken out of a package may be a module too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (node.module, *(f"{node.module}.{one.name}" for one in node.names))


def reached(paths: Iterable[Path]) -> dict[str, str]:
    """Give each package of others that files come to, with one of the files that name it; ours are followed."""
    found: dict[str, str] = {}
    waiting, seen = list(paths), set()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        for name in imported(path):
            top = name.partition(".")[0]
            if top in OURS:
                place = ROOT / name.replace(".", "/")
                waiting += {one for one in (place.with_suffix(".py"), place / "__init__.py") if one.exists()} - seen
            elif top not in sys.stdlib_module_names:
                found.setdefault(top, str(path.relative_to(ROOT)))
    return found


def unlocked(paths: Iterable[Path], filename: str) -> dict[str, str]:
    names = locked(filename)
    return {top: path for top, path in reached(paths).items() if not {canonicalize_name(one) for one in DISTRIBUTIONS.get(top, [])} & names}


def test_what_is_served_imports_nothing_but_its_lock() -> None:
    paths = [ROOT / "run.py", ROOT / "config.py", *(ROOT / "app").rglob("*.py"), *(ROOT / "migrations").rglob("*.py")]
    assert len(reached(paths)) > 20 and unlocked(paths, "requirements.txt") == {}


def test_the_suite_imports_nothing_but_its_lock() -> None:
    """What a machine has beside it, such as the tool of the mutants, is missing where the suite is run first."""
    paths = [path for path in (ROOT / "tests").rglob("*.py") if path.name.startswith(("test_", "conftest"))]
    assert len(reached(paths)) > 20 and unlocked(paths, "requirements/dev.txt") == {}
    assert "mutmut" in unlocked([ROOT / "tests/mutants/__main__.py"], "requirements/dev.txt")
