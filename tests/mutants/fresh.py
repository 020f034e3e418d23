"""A plugin of pytest for the mutation test: what a function keeps from one test is forgotten before the next, so that each test meets the mutant."""

from __future__ import annotations

import sys
from functools import cache

import pytest

_CACHED = type(cache(lambda: None))


def forget() -> None:
    """Empty the caches of the application's functions."""
    for name, module in list(sys.modules.items()):
        if name.startswith("app."):
            for found in vars(module).values():
                if type(found) is _CACHED:
                    found.cache_clear()


def pytest_sessionstart(session: pytest.Session) -> None:
    forget()


def pytest_runtest_setup(item: pytest.Item) -> None:
    forget()
