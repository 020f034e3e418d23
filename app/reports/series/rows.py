"""What a file of another register holds, as it stands there, and what is found wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field

COLUMNS = ("indicator", "period", "level", "area", "breakdown", "value", "figure")
# What one says beside the file of all its rows, when they do not say it.
GIVEN_BESIDE = ("indicator", "period", "level")
MUST = ("indicator", "period", "level", "area", "figure")
MOST_ROWS, MOST_BYTES = 200_000, 20_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A cell as the file tells it: `number` is its line, or its place among the values of a JSON-stat file, from 1."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Finding:
    """What stops a file; `row` is 0 for the file as a whole. `words` are for the sentence of `code`."""

    code: str
    row: int = 0
    column: str = ""
    words: dict[str, str] = field(default_factory=dict)


class UnreadableError(Exception):
    """Raised for a file that is no table of figures at all; holds the finding."""

    def __init__(self, code: str, column: str = "", **words: str) -> None:
        super().__init__(code)
        self.finding = Finding(code, 0, column, words)
