"""A source to be read: a file, or a part of a zip, which can be opened more than once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import TextIOWrapper
from typing import BinaryIO

from app.imports.reading.choices import ENCODINGS
from app.imports.reading.encodings import Encoding, detect
from app.imports.reading.teller import Stopped, Teller


@dataclass(frozen=True)
class Source:
    """`name` is what the user calls it; `open` gives its bytes from the beginning."""

    name: str
    open: Callable[[], BinaryIO]

    @property
    def suffix(self) -> str:
        return self.name.rsplit(".", 1)[-1].lower() if "." in self.name else ""


def encoding_of(source: Source, teller: Teller) -> tuple[Encoding, bool]:
    """Give the encoding that was chosen or found, and whether it is a guess."""
    chosen = teller.choices.encoding
    if chosen is not None:
        if chosen not in ENCODINGS:
            raise Stopped("UNKNOWN_CHOICE", sheet=source.name, value=chosen)
        return Encoding(chosen), False
    with source.open() as file:
        return detect(file), True


def text_of(source: Source, encoding: Encoding) -> TextIOWrapper:
    """Open a text. Single bytes that cannot be read are kept as marks in their cell; in UTF-16 a fault shifts all that follows."""
    errors = "strict" if encoding.name.startswith(("utf-16", "utf-32")) else "surrogateescape"
    return TextIOWrapper(source.open(), encoding=encoding.name, errors=errors, newline="")
