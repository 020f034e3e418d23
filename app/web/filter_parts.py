"""What every kind of filter gives to the page: chips of the limits in use, and controls of the panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

PREFIX = "f."


@dataclass(frozen=True)
class Chip:
    """One limit in use, and the argument that is taken away to be rid of it."""

    text: str
    name: str
    value: str


@dataclass(frozen=True)
class Control:
    """What the panel draws: `checks`, `select`, `date`, `text`, `number` or `relation`; options are (value, text, is chosen).

    Of a relation `value` is the key, `text` the row's text and `url` where suggestions come from.
    """

    kind: str
    name: str
    label: str
    options: Sequence[tuple[str, str, bool]] = ()
    value: str = ""
    text: str = ""
    url: str = ""
