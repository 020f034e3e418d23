"""The chapters of the guide, read once from the project's own files."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.core.folding import folded
from app.help.marks import Block, blocks

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Part:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Text:
    """A chapter in one language; `words` is all of it, folded for searching."""

    title: str
    lead: str
    parts: tuple[Part, ...]
    picture: str
    words: str


@dataclass(frozen=True)
class Chapter:
    """A chapter, the packages whose pages it is about, and the roles it is written for; without roles it is for everybody."""

    key: str
    order: int
    packages: tuple[str, ...]
    roles: tuple[str, ...]
    texts: dict[str, Text]


def _text(found: dict[str, Any]) -> Text:
    parts = tuple(Part(part["title"], blocks(part["text"])) for part in found["part"])
    words = " ".join([found["title"], found["lead"], *(f"{part['title']} {part['text']}" for part in found["part"])])
    return Text(found["title"], found["lead"], parts, found.get("picture", ""), folded(words))


def _chapter(path: Path) -> Chapter:
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    texts = {language: _text(found[language]) for language in ("fi", "sv")}
    return Chapter(path.stem, found["order"], tuple(found["packages"]), tuple(found.get("roles", ())), texts)


@cache
def chapters() -> dict[str, Chapter]:
    """Give every chapter by its key, in the order of the guide. Raises KeyError for one that lacks a language."""
    found = sorted((_chapter(path) for path in DATA.glob("*.toml")), key=lambda chapter: (chapter.order, chapter.key))
    return {chapter.key: chapter for chapter in found}


@cache
def chapter_of_package(package: str) -> str | None:
    """Give the key of the chapter about a package's pages, None where there is none."""
    return next((key for key, chapter in chapters().items() if package in chapter.packages), None)


def found_by(words: str, language: str) -> list[Chapter]:
    """Give the chapters that hold every word, accents and case aside; those with a word in the heading first."""
    wanted = folded(words).split()[:10]
    hits = [chapter for chapter in chapters().values() if wanted and all(word in chapter.texts[language].words for word in wanted)]
    return sorted(hits, key=lambda chapter: not any(word in folded(chapter.texts[language].title) for word in wanted))
