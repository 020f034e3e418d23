"""A file of the corpus: how it is made, and what reading it must find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Case:
    """`found` are findings as `CODE row column`; `rows` how many rows come whole; a stopped file has `rows` None, for none of it may be used.

    `holds` are texts that must stand in the rows, `columns` the names of the last sheet.
    """

    group: str
    name: str
    content: Callable[[], bytes]
    rows: int | None
    found: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    choices: dict[str, Any] = field(default_factory=dict)
    limits: dict[str, Any] = field(default_factory=dict)


def text(content: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    return lambda: content.encode(encoding)


def raw(content: bytes) -> Callable[[], bytes]:
    return lambda: content
