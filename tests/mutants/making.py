"""Make the mutants: a copy of the application in which each function of the rules carries its changed forms beside it."""

from __future__ import annotations

import difflib
import re
import shutil
from collections.abc import Collection
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from mutmut.mutation.file_mutation import MutatedFile, mutate_file_contents
from mutmut.utils.format_utils import get_mutant_name, mangled_name_from_mutant_name

from tests.mutants.chosen import NEEDED, mutated_paths, unit_tests
from tests.mutants.plain import CONSTANT, constants_after, plain

_SETTINGS = '[tool.pytest.ini_options]\npythonpath = ["."]\n\n[tool.mutmut]\nsource_paths = ["app"]\n'


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One changed form of a function, or of a constant together with the constants that are made of it."""

    name: str
    path: str
    was: str
    becomes: str
    constants: list[str]

    @property
    def function(self) -> str:
        return mangled_name_from_mutant_name(self.name)


def make(root: Path, work: Path, chosen: Collection[str]) -> list[Mutant]:
    """Copy what the tests need into the folder `work` and mutate the rules there, all or the chosen modules."""
    shutil.rmtree(work, ignore_errors=True)
    unseen = shutil.ignore_patterns("__pycache__", "node_modules")
    for name in [*NEEDED, *unit_tests(root), "tests/deadlines/examples.csv"]:
        (work / name).parent.mkdir(parents=True, exist_ok=True)
        if (root / name).is_dir():
            shutil.copytree(root / name, work / name, ignore=unseen)
        else:
            shutil.copy(root / name, work / name)
    (work / "pyproject.toml").write_text(_SETTINGS, encoding="utf-8")
    # The tool looks for its settings where it is run.
    with chdir(work):
        return [mutant for path in mutated_paths(root) if not chosen or path.as_posix() in chosen for mutant in _mutate(path)]


def _mutate(path: Path) -> list[Mutant]:
    source = path.read_text(encoding="utf-8")
    mutated = mutate_file_contents(str(path), plain(source))
    path.write_text(mutated.code, encoding="utf-8")
    lines = mutated.code.splitlines()
    found = []
    for name in mutated.mutant_names:
        function = mangled_name_from_mutant_name(name)
        constant = function.removeprefix(f"x_{CONSTANT}") if function.startswith(f"x_{CONSTANT}") else None
        was, becomes = _change(mutated, lines, f"{function}__mutmut_orig", name)
        if constant:
            was, becomes = (re.sub(r"^return\b", f"{constant} =", text) for text in (was, becomes))
        after = constants_after(source, constant) if constant else []
        found.append(Mutant(name=get_mutant_name(path, name), path=path.as_posix(), was=was, becomes=becomes, constants=after))
    return found


def _change(mutated: MutatedFile, lines: list[str], original: str, mutant: str) -> tuple[str, str]:
    """Give the changed lines, before and after."""
    spans = [mutated.line_span_by_function_name[name] for name in (original, mutant)]
    was, becomes = ([line.replace(name, "f") for line in lines[span.start - 1 : span.end]] for name, span in zip((original, mutant), spans, strict=True))
    told = [line for line in difflib.unified_diff(was, becomes, lineterm="", n=0) if not line.startswith(("---", "+++", "@@"))]
    before, after = (re.sub(r"\s+", " ", " ".join(line[1:] for line in told if line[0] == sign)).strip() for sign in "-+")
    return before, after
