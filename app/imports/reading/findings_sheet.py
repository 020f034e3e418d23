"""The list of findings that a returned file begins with: how it is known when the file is sent again, so that it is left out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

# Stands in the first cell of the list, and of any row of it that holds names. They follow in pairs: the name a sheet has here, and the one it came with.
MARK = "koto-digi:findings:1"
# What separates the cells of a text file that goes back.
DELIMITER = ";"
# What a spreadsheet would calculate when it opens a text file; telephone numbers and negative numbers stay as they are.
_CALCULATED = re.compile(r"'*(?:[=@\t\r]|[+-](?![\d\s().,/:-]*$))")


def is_findings_sheet(first_row: Sequence[object]) -> bool:
    """Tell from its first row whether a sheet is the list of findings."""
    return bool(first_row) and first_row[0] == MARK


def row_of_names(names: Mapping[str, str]) -> list[str]:
    """Give a marked row; `names` leads from the name in the returned file to the one the sheet came with."""
    return [MARK, *(text for pair in names.items() if pair[0] != pair[1] for text in pair)]


def names_in(row: Sequence[object]) -> dict[str, str]:
    """Give the names that `row_of_names` wrote."""
    texts = [one for one in row[1:] if isinstance(one, str) and one]
    return dict(zip(texts[::2], texts[1::2], strict=False))


def harmless(text: str) -> str:
    """Write a text so that no spreadsheet calculates it when it opens a text file."""
    return f"'{text}" if _CALCULATED.match(text) else text


def as_it_was(text: str) -> str:
    """Give the text that `harmless` wrote."""
    return text[1:] if text.startswith("'") and _CALCULATED.match(text) else text
