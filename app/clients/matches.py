"""Why a search found a client, by which of the names and how near they are to what was typed; and how near as a number."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from flask_babel import gettext as _
from rapidfuzz import fuzz

from app.core.folding import folded

WORDS_AT_MOST = 6
# How a name answers a word, the nearest first: the whole name, or a part of it; as it was typed, or spelled otherwise.
WHOLE, OTHER, PART, OTHER_PART = range(4)


def search_words(text: str) -> list[tuple[str, str]]:
    """Give (folded, typed) for each word of a search, the folded one as the names that are searched are folded."""
    pairs = [(word, typed) for typed in text.split() for word in folded(typed).split()]
    return pairs[:WORDS_AT_MOST]


def _same(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def nearness(word: str, typed: str, name: str) -> int | None:
    """Tell how a name answers a word, None for one that does not."""
    whole = folded(name)
    if word not in whole:
        return None
    if word == whole:
        return WHOLE if _same(typed) == _same(name) else OTHER
    return PART if _same(typed) in _same(name) else OTHER_PART


def names_found(text: str, names: Iterable[str | None]) -> list[tuple[int, list[str]]]:
    """Give how the names answer the words of a search: each nearness once, with the names that answer so."""
    single = [name for full in names for name in (full or "").split()]
    found: dict[int, dict[str, None]] = {}
    for word, typed in search_words(text):
        answers = [(near, at) for at, name in enumerate(single) if (near := nearness(word, typed, name)) is not None]
        if answers:
            near, at = min(answers)
            found.setdefault(near, {})[single[at]] = None
    return [(near, [*answering]) for near, answering in sorted(found.items())]


def names_told(text: str, names: Iterable[str | None]) -> str:
    """Say by which names a search of words found a client."""
    told = []
    for near, answering in names_found(text, names):
        shown = ", ".join(answering)
        told.append({
            WHOLE: _("Name: %(names)s", names=shown), OTHER: _("Name spelled otherwise: %(names)s", names=shown),
            PART: _("Part of a name: %(names)s", names=shown), OTHER_PART: _("Part of a name spelled otherwise: %(names)s", names=shown),
        }[near])  # fmt: skip
    return "; ".join(told)


def score(text: str, names: Iterable[str | None]) -> int:
    """Tell from 0 to 100 how near the names are to the words of a search: the mean of the nearest name of each word, however either is spelled."""
    words, single = [word for word, _typed in search_words(text)], folded(*names).split()
    nearest = [max((fuzz.ratio(word, name) for name in single), default=0) for word in words]
    return int(sum(nearest) / len(nearest)) if nearest else 0


def likeness(text: str, names: Iterable[str | None]) -> float:
    """Tell how much of the names the words of a search are: puts those of one score in order, who has no other name first."""
    return fuzz.token_sort_ratio(folded(text), folded(*names))
