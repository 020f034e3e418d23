"""A plugin of pytest for the mutation test: what the engine keeps from one test is forgotten before the next, so that each test meets the mutant."""

from __future__ import annotations

import gc
import sys
from functools import cache
from typing import Any

import pytest

_CACHED = type(cache(lambda: None))


@cache
def _caches() -> list[Any]:
    """Give the engine's functions that remember; no file of rules has one."""
    modules = [module for name, module in sys.modules.items() if name.startswith("app.deadlines.")]
    return [found for module in modules for found in vars(module).values() if type(found) is _CACHED]


def _forget() -> None:
    for found in _caches():
        found.cache_clear()


def pytest_sessionstart(session: pytest.Session) -> None:
    # Each mutant runs in a process of its own that inherits all modules; looking through them for garbage would take longer than the tests.
    gc.freeze()
    _caches.cache_clear()
    _forget()


def pytest_runtest_setup(item: pytest.Item) -> None:
    _forget()
