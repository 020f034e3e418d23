"""The table of every list, as `koto/table.html` draws it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple


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


def table(labels: Mapping[str, str], rows: Iterable[tuple[str | None, Iterable[Any]]]) -> dict[str, Any]:
    """Give `columns` and `rows` of a table that is no generated list; each row is its address and its values."""
    return {
        "columns": [Column(name, text) for name, text in labels.items()],
        "rows": [Row(str(number), url, [str(value) for value in values]) for number, (url, values) in enumerate(rows)],
    }
