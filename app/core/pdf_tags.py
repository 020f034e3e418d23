"""The structure of a PDF, put right where the renderer stops short of PDF/UA: running heads and languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf


def _target(pdf: Any, reference: bytes) -> Any:
    """Give the object a reference such as `12 0 R` names."""
    return pdf.objects[int(reference.split()[0])]


def _in_the_tree(pdf: Any, root: Any) -> set[int]:
    """Give the numbers of the structure elements that a reader reaches from the root."""
    found: set[int] = set()
    waiting = [root]
    while waiting:
        element = waiting.pop()
        found.add(element.number)
        waiting += [_target(pdf, kid) for kid in element.get("K", ()) if isinstance(kid, bytes)]
    return found


def _marks(stream: list[Any]) -> Iterator[tuple[int, int]]:
    """Give (place of the tag, number in the page) of each piece of content that belongs to a structure element."""
    for place, operator in enumerate(stream):
        if operator == b"BDC" and isinstance(stream[place - 1], dict) and "MCID" in stream[place - 1]:
            yield place - 2, stream[place - 1]["MCID"]


def artifacts_outside_the_tree(pdf: Any) -> None:
    """Mark running heads and feet as artifacts: the renderer leaves them in elements that hang in no tree."""
    root = _target(pdf, pdf.catalog["StructTreeRoot"])
    reachable = _in_the_tree(pdf, root)
    numbers = _target(pdf, root["ParentTree"])["Nums"]
    of_page = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page in (found for found in pdf.objects if isinstance(found, dict) and found.get("Type") == "/Page"):
        owners, stream = of_page[page["StructParents"]], _target(pdf, page["Contents"]).stream
        for place, mark in _marks(stream):
            if _target(pdf, owners[mark]).number not in reachable:
                stream[place], stream[place + 1] = b"/Artifact", pydyf.Dictionary({"Type": "/Pagination"})
                owners[mark] = b"null"


def language_of_quotes(pdf: Any, language: str) -> None:
    """Turn each block quotation into a span of `language`."""
    for element in pdf.objects:
        if isinstance(element, dict) and element.get("S") == "/BlockQuote":
            element["S"], element["Lang"] = "/Span", pydyf.String(language)
