"""JSON Lines: an object a line. A line that cannot be read stops its row alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from app.imports.reading.encodings import Encoding
from app.imports.reading.json_values import Pairs
from app.imports.reading.messages import Sheet
from app.imports.reading.objects import Broken, Item, columns_of, tell_objects
from app.imports.reading.opening import Source, encoding_of, text_of
from app.imports.reading.teller import Stopped, Teller


def _refuse(name: str) -> Any:
    raise ValueError(name)


_DECODE = json.JSONDecoder(object_pairs_hook=Pairs, parse_float=Decimal, parse_constant=_refuse).decode


def read_json_lines(source: Source, teller: Teller) -> None:
    """Tell the objects as one sheet; the number of a row is that of its line."""
    encoding, guessed = encoding_of(source, teller)
    columns = columns_of(_items(source, encoding, teller), teller.limits.columns, source.name)
    if not columns:
        raise Stopped("NO_TABLE", sheet=source.name)
    sheet = Sheet(
        number=teller.next_number(), name=source.name, kind="json_lines", columns=tuple(columns), header_row=0, encoding=encoding.name,
        guessed=("encoding",) if guessed else (),
    )  # fmt: skip
    tell_objects(_items(source, encoding, teller), columns, sheet, teller)


def _items(source: Source, encoding: Encoding, teller: Teller) -> Iterator[Item]:
    with text_of(source, encoding) as text:
        number = 0
        while True:
            try:
                line = text.readline(teller.limits.line_characters)
            except UnicodeError as error:
                raise Stopped("BAD_ENCODING", sheet=source.name, row=number + 1) from error
            if not line:
                return
            number += 1
            if len(line) >= teller.limits.line_characters:
                raise Stopped("LONG_LINE", sheet=source.name, row=number)
            if line.strip("\ufeff \t\r\n"):
                yield number, _decoded(line)


def _decoded(line: str) -> Any:
    try:
        return _DECODE(line.strip("\ufeff \t\r\n"))
    except (ValueError, RecursionError):
        return Broken(line.strip())
