"""Mutation test of the rules: change each of their lines in turn and see whether a test fails. `make mutants` writes docs/evidence/mutation.md.

`python -m tests.mutants app/plans/rules.py …` asks about those modules alone, tells the survivors and writes nothing;
`python -m tests.mutants report` writes the report of the last whole run anew, when only its words or the equivalents have changed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from tests.mutants.chosen import unit_tests
from tests.mutants.making import Mutant, make
from tests.mutants.report import write

ROOT = Path(__file__).parents[2]
WORK = ROOT / ".mutants"


def ask(chosen: list[str]) -> int:
    """Make the mutants and ask the tests about each; 0 when all were asked."""
    rows = [{**asdict(mutant), "function": mutant.function} for mutant in make(ROOT, WORK, chosen)]
    (WORK / "mutants.json").write_text(json.dumps(rows), encoding="utf-8")
    # Whether a thread or a destructor fails is no question of a rule, and asking takes time.
    plugins = [part for name in ("no:cacheprovider", "no:unraisableexception", "no:threadexception", "no:logging", "tests.mutants.asking") for part in ("-p", name)]
    return subprocess.run([sys.executable, "-m", "pytest", "-q", "-s", "--tb=line", *plugins, *unit_tests(ROOT)], cwd=WORK, check=False).returncode


def main() -> int:
    chosen = sys.argv[1:]
    is_report = chosen == ["report"]
    if not is_report and (fault := ask(chosen)):
        return fault
    rows = json.loads((WORK / "mutants.json").read_text(encoding="utf-8"))
    results = json.loads((WORK / "results.json").read_text(encoding="utf-8"))
    mutants = [Mutant(**{name: value for name, value in row.items() if name != "function"}) for row in rows]
    return write(ROOT, mutants, results, is_whole=is_report or not chosen)


if __name__ == "__main__":
    raise SystemExit(main())
