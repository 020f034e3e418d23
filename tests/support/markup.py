"""Reads the markup of a page in one pass. Pages are made of the same tags over and over, so each tag is taken apart once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

# A tag with its attributes, or a comment, or a declaration; whatever stands between two of these is text.
_TAG = re.compile(r"""<(?:(/)?([a-zA-Z][^\s/>]*)([^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*)>|!--.*?-->|[!?][^>]*>)""", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([^\s=/>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
# What stands in these is no markup.
_RAW = {name: re.compile(rf"</(?={name}\s*>)", re.IGNORECASE) for name in ("script", "style")}


@dataclass(frozen=True, eq=False)
class Element:
    """A start tag with the values of its attributes, one for all places where it is written alike."""

    tag: str
    values: dict[str, str]


@lru_cache(50_000)
def _element(tag: str, attributes: str) -> Element:
    values = {found[0].lower(): unescape(found[1] or found[2] or found[3]) for found in _ATTRIBUTE.findall(attributes)}
    return Element(tag.lower(), values)


def read(text: str) -> Iterator[Element | str | tuple[str]]:
    """Give start tags as elements, end tags as tuples of their name, and texts."""
    at, end = 0, len(text)
    while at < end:
        found = _TAG.search(text, at)
        start = found.start() if found else end
        if start > at:
            data = text[at:start]
            yield unescape(data) if "&" in data else data
        if found is None:
            return
        at = found.end()
        closing, tag, attributes = found.groups()
        if closing:
            yield (tag.lower(),)
        elif tag:
            element = _element(tag, attributes)
            yield element
            if attributes.endswith("/"):
                yield (element.tag,)
            elif element.tag in _RAW:
                close = _RAW[element.tag].search(text, at)
                start = close.start() if close else end
                if start > at:
                    yield text[at:start]
                at = start
