"""The few marks of the guide's texts: paragraphs, lists, and steps that are numbered."""

from __future__ import annotations

from typing import NamedTuple


class Block(NamedTuple):
    """A paragraph (`p`), a list (`ul`) or steps (`ol`), and its texts."""

    kind: str
    texts: tuple[str, ...]


def _kind(line: str) -> tuple[str, str]:
    if line.startswith("- "):
        return "ul", line[2:]
    number, mark, rest = line.partition(". ")
    return ("ol", rest) if mark and number.isdigit() else ("p", line)


def blocks(text: str) -> tuple[Block, ...]:
    """Read a text: each line is a paragraph, an item after `- ` or a step after `1. `."""
    found: list[tuple[str, list[str]]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        kind, words = _kind(line)
        if kind != "p" and found and found[-1][0] == kind:
            found[-1][1].append(words)
        else:
            found.append((kind, [words]))
    return tuple(Block(kind, tuple(texts)) for kind, texts in found)
