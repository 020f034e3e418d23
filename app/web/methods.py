"""What FAB finds of a view when it looks for routes, permissions, limits and hooks."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def _callables(cls: type) -> list[str]:
    return [name for name in dir(cls) if callable(getattr(cls, name, None))]


class MethodsAlone:
    """Names its methods and nothing else.

    FAB goes four times through all names of every view and asks each for a mark that only methods bear. Asked for it, a text
    that is translated when it is read is translated: that took half the time in which the application is made.
    """

    def __dir__(self) -> Any:
        return _callables(type(self))  # type: ignore[arg-type]
