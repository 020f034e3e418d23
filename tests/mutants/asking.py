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
import signal
import sys
from collections import Counter
from functools import cache
from importlib import import_module
from pathlib import Path
from time import process_time
from types import ModuleType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from mutmut.mutation import trampoline

from app.codes.edition import current_edition
from tests.mutants.plain import CONSTANT

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
    """Give the mutated modules' functions that remember; what they kept before was made by the code as it is."""
    modules = [module for module in sys.modules.values() if "_mutmut_mutated" in vars(module)]
    return list({id(found): found for module in modules for found in vars(module).values() if type(found) is _CACHED}.values())


def _forget() -> None:
    for found in _caches():
        found.cache_clear()
    current_edition().kept.clear()


def _fails(item: pytest.Item) -> bool:
    return any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def _meet(items: list[pytest.Item]) -> tuple[dict[str, list[pytest.Item]], dict[pytest.Item, float]]:
    """Run each test on the code as it is; give the tests that meet each function, and the time of each test."""
    meets: dict[str, list[pytest.Item]] = {}
    takes = {}
    _activate("stats")
    for item in items:
        _forget()
        _hits.clear()
        before = process_time()
        if _fails(item):
            raise pytest.UsageError(f"{item.nodeid} fails without a mutant")
        takes[item] = process_time() - before
        for name in _hits:
            meets.setdefault(name, []).append(item)
    _activate("")
    return meets, takes


def _holders(mutant: dict[str, Any], name: str) -> list[ModuleType]:
    """Give the modules that have the constant, the one that makes it first."""
    first = import_module(mutant["path"].removesuffix(".py").replace("/", "."))
    return [first, *(one for one in list(sys.modules.values()) if one is not first and vars(one).get(name) is vars(first)[name])]


def _replace(mutant: dict[str, Any], name: str) -> None:
    """Put the mutant of a constant in its place, and wherever it was imported."""
    holders = _holders(mutant, name)
    becomes = getattr(holders[0], CONSTANT + name)()
    for holder in holders:
        setattr(holder, name, becomes)


def _tests_of(mutant: dict[str, Any], items: list[pytest.Item], meets: dict[str, list[pytest.Item]]) -> list[pytest.Item]:
    """Give the tests that meet the function, or a function of the modules that have the constant, or that name the constant themselves."""
    if not mutant["constants"]:
        return meets.get(mutant["function"], [])
    names = {holder.__name__ for name in mutant["constants"] for holder in _holders(mutant, name)}
    own = [item for item in items if isinstance(item, pytest.Function) and item.module.__name__ in names]
    return list(dict.fromkeys([*own, *(item for name, found in meets.items() if name.rpartition(".")[0] in names for item in found)]))


def _run_mutant(mutant: dict[str, Any], tests: list[pytest.Item], takes: dict[pytest.Item, float], killer: int) -> None:
    """Leave with 1 when a test fails, whose place is written to the pipe `killer`, and with 0 when none does."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    _forget()
    _activate(mutant["name"])
    try:
        for name in mutant["constants"]:
            _replace(mutant, name)
    except Exception:
        # The module could not be imported.
        os._exit(1)
    for place, test in enumerate(tests):
        # A mutant that needs longer than the test by far is in an endless loop; the signal ends the process.
        signal.setitimer(signal.ITIMER_PROF, 1 + 20 * takes[test])
        if _fails(test):
            os.write(killer, str(place).encode())
            os._exit(1)
    os._exit(0)


def pytest_runtestloop(session: pytest.Session) -> bool:
    before = process_time()
    meets, takes = _meet(session.items)
    print(f"{len(session.items)} tests, {process_time() - before:.0f} seconds; collected in {before:.0f} seconds", flush=True)
    # Forked processes share all that is there; looking through it for garbage would take longer than the tests.
    gc.collect()
    gc.freeze()
    mutants = json.loads(Path("mutants.json").read_text(encoding="utf-8"))
    results = {}
    # What killed one mutant of a function mostly kills the next one too.
    kills: Counter[tuple[str, pytest.Item]] = Counter()
    for place, mutant in enumerate(mutants):
        module, function = mutant["path"], mutant["function"]
        tests = sorted(_tests_of(mutant, session.items, meets), key=lambda test: (-kills[function, test], -kills[module, test], takes[test]))
        killer = _ask(mutant, tests, takes) if tests else None
        results[mutant["name"]] = "unmet" if not tests else "survived" if killer is None else "killed"
        if isinstance(killer, pytest.Item):
            kills.update([(function, killer), (module, killer)])
        if place % 200 == 0:
            print(f"{place} of {len(mutants)} mutants", flush=True)
            Path("results.json").write_text(json.dumps(results, indent=0), encoding="utf-8")
    Path("results.json").write_text(json.dumps(results, indent=0), encoding="utf-8")
    return True


def _ask(mutant: dict[str, Any], tests: list[pytest.Item], takes: dict[pytest.Item, float]) -> pytest.Item | str | None:
    """Give the test that killed the mutant, a word when its process ended otherwise, None when it survived."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        _run_mutant(mutant, tests, takes, write)
    os.close(write)
    _, status = os.waitpid(child, 0)
    told = os.read(read, 20)
    os.close(read)
    return tests[int(told)] if told else "stopped" if status else None
