"""JSON: a list of objects, or an object that holds such lists under names. Read as a stream, twice: first for the names and faults, then for the rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import ijson

from app.imports.reading.encodings import Encoding
from app.imports.reading.json_values import Pairs
from app.imports.reading.messages import Sheet
from app.imports.reading.objects import columns_of, tell_objects
from app.imports.reading.opening import Source, encoding_of, text_of
from app.imports.reading.teller import Stopped, Teller

_BLOCK = 65536
# Half a surrogate pair means no character. The parser would write a question mark in its place, as if it had stood there.
_HALF = re.compile(r"(?<!\\)((?:\\\\)*)(\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2})")


class _Utf8:
    """The text in the encoding the parser takes."""

    def __init__(self, source: Source, encoding: Encoding, longest: int) -> None:
        self.source, self.text, self.longest = source, text_of(source, encoding), longest
        self.without_quote = 0
        self.carry = ""
        self.is_first = True

    def read(self, size: int = -1) -> bytes:
        # The parser first asks for nothing, to learn that bytes come.
        if size == 0:
            return b""
        block = self.text.read(_BLOCK)
        # The parser's time grows with the square of one text's length.
        self.without_quote = 0 if '"' in block else self.without_quote + len(block)
        if self.without_quote > self.longest:
            raise Stopped("LONG_LINE", sheet=self.source.name)
        text = self.carry + block
        if self.is_first:
            text, self.is_first = text.removeprefix("\ufeff"), False
        # What may be cut by the end of the block waits: two escapes, and the backslash before them.
        cut = max(len(text) - 16, 0) if block else len(text)
        while cut and text[cut - 1] == "\\":
            cut -= 1
        done, self.carry = text[:cut], text[cut:]
        if not done and block:
            return self.read()
        if "\\u" in done:
            done = _HALF.sub(r"\1\\ufffd", done)
        return done.encode("utf-8", "surrogateescape").decode("utf-8", "replace").encode()


def read_json(source: Source, teller: Teller) -> None:
    """Tell each list of objects as a sheet; the number of a row is its place in the list."""
    encoding, guessed = encoding_of(source, teller)
    found: dict[str, dict[str, None]] = {}
    for path, number, item in _items(source, encoding, teller):
        names = found.setdefault(path, {})
        names.update(columns_of([(number, item)], teller.limits.columns, source.name))
        if len(names) > teller.limits.columns:
            raise Stopped("TOO_MANY_COLUMNS", sheet=source.name, row=number, column=teller.limits.columns + 1, value=len(names))
    tables = {path: columns for path, columns in found.items() if columns}
    if not tables:
        raise Stopped("NO_TABLE", sheet=source.name)
    for path, columns in tables.items():
        name = f"{source.name} {path}".strip()
        sheet = Sheet(
            number=teller.next_number(), name=name, kind="json", columns=tuple(columns), header_row=0, encoding=encoding.name,
            guessed=("encoding",) if guessed else (),
        )  # fmt: skip
        if not teller.choices.sheets or name in teller.choices.sheets:
            items = ((number, item) for at, number, item in _items(source, encoding, teller) if at == path)
            tell_objects(items, columns, sheet, teller)


def _items(source: Source, encoding: Encoding, teller: Teller) -> Iterator[tuple[str, int, Any]]:
    """Give the items of every list that is not inside another, with the names that lead to it and their place."""
    try:
        yield from _walk(ijson.basic_parse(_Utf8(source, encoding, teller.limits.line_characters), buf_size=_BLOCK), source, teller.limits.depth)
    except ijson.IncompleteJSONError as error:
        raise Stopped("TRUNCATED" if "EOF" in str(error) else "BAD_JSON", sheet=source.name) from error
    except (ijson.JSONError, UnicodeError) as error:
        raise Stopped("BAD_JSON", sheet=source.name) from error


def _walk(events: Iterator[tuple[str, Any]], source: Source, depth: int) -> Iterator[tuple[str, int, Any]]:
    path: list[str] = []
    names: list[str] = []
    for event, value in events:
        if event == "start_map":
            path.append("")
        elif event == "end_map":
            path.pop()
        elif event == "map_key":
            path[-1] = value
        elif event == "start_array":
            names = [one for one in path if one]
            for number, item in enumerate(_list(events, source, depth), 1):
                yield ".".join(names), number, item
        if len(path) > depth:
            raise Stopped("TOO_DEEP", sheet=source.name)


def _list(events: Iterator[tuple[str, Any]], source: Source, depth: int) -> Iterator[Any]:
    """Give the items of a list that has begun, building one at a time."""
    for event, value in events:
        if event == "end_array":
            return
        yield _build(event, value, events, source, depth)


def _build(event: str, value: Any, events: Iterator[tuple[str, Any]], source: Source, depth: int) -> Any:
    if depth <= 0:
        raise Stopped("TOO_DEEP", sheet=source.name)
    if event == "start_array":
        return list(_list(events, source, depth - 1))
    if event != "start_map":
        return value
    pairs = Pairs()
    for inner, name in events:
        if inner == "end_map":
            break
        following, content = next(events)
        pairs.append((name, _build(following, content, events, source, depth - 1)))
    return pairs
