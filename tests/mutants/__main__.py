"""Mutation test of the rules: change each of their lines in turn and see whether a test fails. `make mutants` writes docs/evidence/mutation.md.

`python -m tests.mutants app/plans/rules.py …` asks about those modules alone, tells the survivors and writes nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from tests.mutants.making import make, unit_tests
from tests.mutants.report import write

ROOT = Path(__file__).parents[2]
WORK = ROOT / ".mutants"


def main() -> int:
    chosen = sys.argv[1:]
    mutants = make(ROOT, WORK, chosen)
    rows = [{**asdict(mutant), "function": mutant.function} for mutant in mutants]
    (WORK / "mutants.json").write_text(json.dumps(rows), encoding="utf-8")
    # Whether a thread or a destructor fails is no question of a rule, and asking takes time.
    plugins = [part for name in ("no:cacheprovider", "no:unraisableexception", "no:threadexception", "no:logging", "tests.mutants.asking") for part in ("-p", name)]
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "-s", "--tb=line", *plugins, *unit_tests(ROOT)], cwd=WORK, check=False)
    if done.returncode:
        return done.returncode
    results = json.loads((WORK / "results.json").read_text(encoding="utf-8"))
    return write(ROOT, mutants, results, is_whole=not chosen)


if __name__ == "__main__":
    raise SystemExit(main())
