"""A PDF read back: its text, its structure, and the forms of its letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream


@dataclass(frozen=True)
class Element:
    """A structure element; `language` is its own or the nearest one above it."""

    kind: str
    language: str
    kids: tuple[Any, ...]


def squeezed(text: str) -> str:
    """Give the text without white space: a line may break anywhere."""
    return re.sub(r"\s+", "", text)


class Pdf:
    """A document as its reader has it."""

    def __init__(self, data: bytes) -> None:
        self.reader = PdfReader(BytesIO(data))
        self.root: Any = self.reader.trailer["/Root"]
        self.pages = [page.extract_text() for page in self.reader.pages]
        self.text = squeezed("".join(self.pages))

    def xmp(self) -> str:
        return str(self.root["/Metadata"].get_object().get_data().decode())

    def elements(self) -> Iterator[Element]:
        """Give the structure elements in reading order."""
        waiting: list[tuple[Any, str]] = [(self.root["/StructTreeRoot"]["/K"][0], self.root["/Lang"])]
        while waiting:
            found, language = waiting.pop()
            element: Any = found.get_object()
            if not isinstance(element, dict):
                continue
            language, kids = element.get("/Lang", language), element.get("/K", ())
            yield Element(element["/S"], language, tuple(kids))
            waiting += [(kid, language) for kid in reversed(kids)]

    def operations(self) -> Iterator[tuple[int, Any, bytes]]:
        """Give (page, operands, operator) of everything that is drawn."""
        for number, page in enumerate(self.reader.pages):
            for operands, operator in ContentStream(page.get_contents(), self.reader).operations:
                yield number, operands, operator

    def fonts(self) -> dict[str, Any]:
        return {name: font.get_object() for page in self.reader.pages for name, font in page["/Resources"]["/Font"].items()}

    def forms_of(self, character: str) -> int:
        """Count the different glyphs by which a single character is drawn: a joined script has several."""
        wanted = "".join(f"{ord(part):04x}" for part in character)
        pattern = re.compile(rb"<([0-9a-f]{4})> <" + wanted.encode() + rb">")
        return len({(name, glyph) for name, font in self.fonts().items() for glyph in pattern.findall(font["/ToUnicode"].get_data())})
