"""The table of every list, as `koto/table.html` draws it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

# Letters of a word that a column of a list has room for.
_ROOM = 24


class Column(NamedTuple):
    """A column; `url` sorts by it, `lang` is set where its texts are in a language of their own."""

    name: str
    label: Any
    order: str | None = None
    url: str | None = None
    lang: str | None = None


class Row(NamedTuple):
    """A row: its key, the address that opens it, and a text for each column."""

    pk: str
    url: str | None
    texts: list[str]
    # Kind of the tag that each text stands in, None for a plain one.
    tags: Sequence[str | None] = ()


def is_breaking(text: str) -> bool:
    """Tell whether a word of the text is longer than a column has room for."""
    return len(text) > _ROOM and max(map(len, text.split()), default=0) > _ROOM


def table(labels: Mapping[str, str], rows: Iterable[tuple[str | None, Iterable[Any]]]) -> dict[str, Any]:
    """Give `columns` and `rows` of a table that is no generated list; each row is its address and its values."""
    return {
        "columns": [Column(name, text) for name, text in labels.items()],
        "rows": [Row(str(number), url, [str(value) for value in values]) for number, (url, values) in enumerate(rows)],
    }
