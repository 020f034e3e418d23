"""What the caller decides instead of the guesses."""

from __future__ import annotations

from dataclasses import dataclass

# Encodings that may be chosen, in the names Python knows.
ENCODINGS = (
    "utf-8", "utf-16-le", "utf-16-be", "cp1252", "iso-8859-1", "iso-8859-15", "cp850", "cp437", "mac-roman", "cp1250", "cp1251", "cp1257", "utf-32",
)  # fmt: skip
DELIMITERS = (";", ",", "\t", "|")


@dataclass(frozen=True, kw_only=True)
class Choices:
    """None is "guess". `header_row` is counted as the spreadsheet shows it; `sheets` and `leave_out` are names of sheets and columns."""

    encoding: str | None = None
    delimiter: str | None = None
    quote: str = '"'
    header_row: int | None = None
    sheets: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    # Rows of a delimited file that have fewer cells than the header are filled up instead of stopped.
    fills_short_rows: bool = False
