"""A plugin of pytest that asks the collected tests about each mutant.

Every test runs once on the code as it is, which shows the functions it meets and the time it takes. Then each mutant gets a process of its own,
forked from this one, in which the tests that meet its function run until one fails. `mutants.json` names the mutants; `results.json` gets what
became of each: "killed", "survived" or "unmet", when no test meets the function.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from mutmut.mutation import trampoline

_CACHED = type(cache(lambda: None))
# A mutant in an endless loop may also fill the memory.
_MEMORY = 3 * 2**30
_hits: set[str] = set()


def pytest_configure(config: pytest.Config) -> None:
    # The active mutant is asked for at each call of a function; a variable of the environment would be slower.
    trampoline.get_mutant_under_test = lambda: trampoline._mutant_under_test or ""  # type: ignore[attr-defined]
    trampoline.record_trampoline_hit = lambda name, caller=None: _hits.add(name)  # type: ignore[attr-defined]


def _activate(name: str) -> None:
    trampoline._mutant_under_test = name


@cache
def _caches() -> list[Any]:
    """Give the application's functions that remember, so that each test meets the mutant."""
    modules = [module for name, module in sys.modules.items() if name.startswith("app.")]
    return list({id(found): found for module in modules for found in vars(module).values() if type(found) is _CACHED}.values())


def _fails(item: pytest.Item) -> bool:
    for found in _caches():
        found.cache_clear()
    return any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def _meet(items: list[pytest.Item]) -> tuple[dict[str, list[pytest.Item]], dict[pytest.Item, float]]:
    """Run each test on the code as it is; give the tests that meet each function, and the time of each test."""
    meets: dict[str, list[pytest.Item]] = {}
    takes = {}
    _activate("stats")
    for item in items:
        _hits.clear()
        before = process_time()
        if _fails(item):
            raise pytest.UsageError(f"{item.nodeid} fails without a mutant")
        takes[item] = process_time() - before
        for name in _hits:
            meets.setdefault(name, []).append(item)
    _activate("")
    return meets, takes


def _run_mutant(mutant: dict[str, Any], tests: list[pytest.Item], seconds: int) -> None:
    """Leave with 1 when a test fails, and with 0 when none does."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    _activate(mutant["name"])
    module = import_module(mutant["path"].removesuffix(".py").replace("/", "."))
    try:
        for name in mutant["constants"]:
            setattr(module, name, getattr(module, f"constant_{name}")())
    except Exception:
        # The module could not be imported.
        os._exit(1)
    os._exit(next((1 for test in tests if _fails(test)), 0))


def pytest_runtestloop(session: pytest.Session) -> bool:
    meets, takes = _meet(session.items)
    # Forked processes share all that is there; looking through it for garbage would take longer than the tests.
    gc.collect()
    gc.freeze()
    mutants = json.loads(Path("mutants.json").read_text(encoding="utf-8"))
    results = {}
    for place, mutant in enumerate(mutants):
        module = mutant["name"].rpartition(".")[0]
        tests = meets.get(mutant["function"], [])
        if mutant["constants"]:
            tests = list({test: None for name, found in meets.items() if name.rpartition(".")[0] == module for test in found})
        tests = sorted(tests, key=lambda test: takes[test])
        results[mutant["name"]] = _ask(mutant, tests, 3 + 5 * int(sum(takes[test] for test in tests))) if tests else "unmet"
        if place % 200 == 0:
            print(f"{place} of {len(mutants)} mutants", flush=True)
    Path("results.json").write_text(json.dumps(results, indent=0), encoding="utf-8")
    return True


def _ask(mutant: dict[str, Any], tests: list[pytest.Item], seconds: int) -> str:
    child = os.fork()
    if not child:
        _run_mutant(mutant, tests, seconds)
    _, status = os.waitpid(child, 0)
    return "survived" if status == 0 else "killed"
