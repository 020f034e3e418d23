"""Mutation test of the rules: change each of their lines in turn and see whether a test fails. `make mutants` writes docs/evidence/mutation.md.

`python -m tests.mutants again` keeps the results of the last run and asks anew only for changed code and for what no test noticed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

from tests.mutants.plain import plain
from tests.mutants.report import write

ROOT = Path(__file__).parents[2]
WORK = ROOT / ".mutants"
# The engine of the time limits and each file of rules.
MUTATED = ("app/deadlines/*.py", "app/*rules.py")
NEEDED = ("app", "translations", "config.py", "tests/conftest.py", "tests/support", "tests/mutants/fresh.py")


def unit_tests() -> list[str]:
    """Give the tests that run without a database or a page: those of the engine and of each feature's rules.

    The properties stay out: every mutant is to fall by a case that stands written, not by one that was drawn.
    """
    engine = [path for path in (ROOT / "tests" / "deadlines").glob("test_*.py") if path.name != "test_properties.py"]
    rules = [path for path in (ROOT / "tests").glob("*/test_*rules.py") if path.parent.name not in ("demo", "house")]
    return ["tests/deadlines/examples.csv", *(str(path.relative_to(ROOT)) for path in [*engine, *rules])]


def settings() -> str:
    """Give the settings of the tool; mutants that need longer than the longest test by far are in an endless loop."""
    # Whether a thread or a destructor fails is no question of a rule, and asking takes time.
    plugins = ["-p", "no:cacheprovider", "-p", "no:unraisableexception", "-p", "no:threadexception", "-p", "tests.mutants.fresh"]
    rows = {"source_paths": ["app"], "only_mutate": list(MUTATED), "also_copy": ["translations", "config.py"], "timeout_constant": 2.0,
            "pytest_add_cli_args": plugins, "pytest_add_cli_args_test_selection": ["tests"]}  # fmt: skip
    return "[tool.pytest.ini_options]\npythonpath = [\".\"]\n\n[tool.mutmut]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in rows.items())


def prepare() -> None:
    """Copy what the tests need; a file that has not changed keeps its time, so that its results are kept too."""
    for name in [*NEEDED, *unit_tests()]:
        for source in [ROOT / name, *(ROOT / name).rglob("*")]:
            path = source.relative_to(ROOT)
            if not source.is_file() or "__pycache__" in path.parts:
                continue
            is_mutated = any(fnmatch(str(path), pattern) for pattern in MUTATED)
            content = plain(source.read_text(encoding="utf-8")).encode() if is_mutated else source.read_bytes()
            target = WORK / path
            if not target.exists() or target.read_bytes() != content:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
                if not is_mutated:
                    (WORK / "mutants" / path).unlink(missing_ok=True)
    (WORK / "pyproject.toml").write_text(settings(), encoding="utf-8")


def forget_survivors() -> None:
    """Ask anew for what no test noticed."""
    for path in (WORK / "mutants").rglob("*.meta"):
        kept = json.loads(path.read_text(encoding="utf-8"))
        for name, code in kept["exit_code_by_key"].items():
            kept["exit_code_by_key"][name] = None if code in (0, 33) else code
        path.write_text(json.dumps(kept), encoding="utf-8")


def main() -> int:
    if sys.argv[1:] == ["again"]:
        forget_survivors()
    else:
        shutil.rmtree(WORK, ignore_errors=True)
    prepare()
    os.chdir(WORK)
    done = subprocess.run([sys.executable, "-m", "mutmut", "run", "--max-children", "1"], check=False)
    return done.returncode or write(ROOT)


if __name__ == "__main__":
    raise SystemExit(main())
