"""The report of the mutation test: numbers of each module, and each mutant that no test noticed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from tests.mutants.making import Mutant

LEAST = 95
LEAD = """# Mutation test of the rules

Written by `make mutants` with mutmut {version}. Each line of the engine of time limits (`app/deadlines`), of every file of rules (`app/**/*rules.py`, found
by its name) and of what all state machines follow (`app/core/states.py`) is changed in turn: a number by one, `<` to `<=`, `and` to `or`, an argument
dropped, a text changed. A mutant is killed when a unit test fails. The tests are those of `tests/deadlines` and `tests/**/test_*rules.py`, which need
neither an application nor a database, without the drawn properties: every mutant is to fall by a case that stands written. Each mutant is asked in a
process of its own; the tests that meet its function run until one fails, or until one takes twenty times as long as it should.

Decorators of functions and lambdas outside functions are undone before (`tests/mutants/plain.py`), because the tool passes by what stands under
them. Constants of a module are mutated too, wherever they were imported, but for tables of texts that people read. Rows of the law are in `rules.csv` and have their examples.

- **text**: only the wording of a message to a programmer is changed; tests name the field that is wrong, not the wording.
- **equivalent**: no input tells the mutant from the original; the reasons stand below (`tests/mutants/equivalents.toml`).
- **score**: killed, of those that are neither.
"""


@dataclass
class Module:
    """What became of one module's mutants."""

    path: str
    killed: int = 0
    text: int = 0
    equivalent: list[tuple[str, str]] = field(default_factory=list)
    survived: list[str] = field(default_factory=list)

    @property
    def asked(self) -> int:
        return self.killed + len(self.survived)

    @property
    def all(self) -> int:
        return self.asked + self.text + len(self.equivalent)

    @property
    def score(self) -> float:
        return 100 * self.killed / self.asked if self.asked else 100


def _is_text(was: str, becomes: str) -> bool:
    """Tell whether only the letters of a message differ: it begins with what must be, or is not."""
    first = next((place for place, (one, other) in enumerate(zip(was, becomes, strict=False)) if one != other), 0)
    start = max(was.rfind('"', 0, first + 1), was.rfind("'", 0, first + 1))
    plain = re.sub(r"XX", "", becomes).lower()
    return plain == was.lower() and bool(re.match(r"(must|is not| or )", was[start + 1 :]))


def gather(mutants: Iterable[Mutant], results: Mapping[str, str], kept: dict[str, list[dict[str, str]]]) -> tuple[list[Module], list[str]]:
    """Give the modules, and a sentence for each listed equivalent that is no longer there or that a test kills."""
    known = {(one["file"], one["becomes"]): one["why"] for one in kept.get("mutant", [])}
    kinds = [(re.compile(one["pattern"]), one["why"]) for one in kept.get("kind", [])]
    used: set[tuple[str, str]] = set()
    found: dict[str, Module] = {}
    for mutant in mutants:
        module = found.setdefault(mutant.path, Module(mutant.path))
        was, becomes = mutant.was, mutant.becomes
        if results[mutant.name] == "killed":
            module.killed += 1
            continue
        why = known.get((module.path, becomes)) or next((why for pattern, why in kinds if pattern.search(becomes) and was.lower() == becomes.lower()), None)
        used.add((module.path, becomes))
        if why:
            module.equivalent.append((becomes, why))
        elif _is_text(was, becomes):
            module.text += 1
        else:
            module.survived.append(f"{was} → {becomes}" + (" (no test meets it)" if results[mutant.name] == "unmet" else ""))
    return list(found.values()), [f"{path}: no longer there, or killed: {becomes}" for path, becomes in sorted(set(known) - used)]


def _row(name: str, modules: list[Module]) -> str:
    one = Module("", sum(row.killed for row in modules), sum(row.text for row in modules))
    one.equivalent, one.survived = [pair for row in modules for pair in row.equivalent], [text for row in modules for text in row.survived]
    return f"| {name} | {one.all} | {one.killed} | {one.text} | {len(one.equivalent)} | {len(one.survived)} | {one.score:.1f} % |"


def told(modules: list[Module]) -> str:
    """Give the report."""
    engine = [one for one in modules if one.path.startswith("app/deadlines/")]
    rules = [one for one in modules if one not in engine]
    lines = [LEAD.format(version=version("mutmut")), "| module | mutants | killed | text | equivalent | survived | score |", "| --- | --- | --- | --- | --- | --- | --- |"]
    for group, title in ((engine, "the engine"), (rules, "the rules")):
        lines += [*(_row(f"`{one.path}`", [one]) for one in group), _row(f"**{title}**", group)]
    lines += [_row("**all**", modules), "", "## Equivalent mutants", ""]
    whys: dict[str, list[str]] = {}
    for one in modules:
        for becomes, why in one.equivalent:
            whys.setdefault(why, []).append(f"  - {one.path}: `{becomes}`")
    for why, found in whys.items():
        lines += [f"- {why}", *found]
    lines += ["", "## Survivors", "", *(f"- {one.path}: `{text}`" for one in modules for text in one.survived)]
    return "\n".join(lines).rstrip() + "\n"


def write(root: Path, mutants: Iterable[Mutant], results: Mapping[str, str], *, is_whole: bool) -> int:
    """Write the report, or tell it when it is of some modules only; 1 when a module is under the least score, or a listed equivalent is none."""
    modules, faults = gather(mutants, results, tomllib.loads((root / "tests" / "mutants" / "equivalents.toml").read_text(encoding="utf-8")))
    if is_whole:
        (root / "docs" / "evidence" / "mutation.md").write_text(told(modules), encoding="utf-8")
    else:
        print("\n".join(f"{one.path}: {text}" for one in modules for text in one.survived))
        faults = []
    faults += [f"{one.path}: {one.score:.1f} %" for one in modules if one.score < LEAST]
    print("\n".join(faults) or f"Every module has at least {LEAST} %.")
    return 1 if faults else 0
