"""Tells a text of the wrong language: English where nobody translated, Finnish on a Swedish page and the other way round."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from babel.messages.catalog import Catalog

from app.codes.areas import reference_organisations
from app.codes.lists import all_values, values_of_files
from app.texts.catalogue import LANGUAGES, load
from tests.support.page import Text

# Words of everyday English that are no words of Finnish or Swedish.
_COMMON = """
    add and are back cancel change choose click close could delete does edit enter error every field find first from has have
    invalid last list name new next not only open page please previous remove required save search select should show sign the
    their there this was were what when which will with without would yes you your
"""
COMMON = frozenset(_COMMON.split())
# English words that are words of the language too: a Swedish husband is a make, service is Swedish for what municipalities
# give, and what is done is a handling.
SHARED = {"fi": frozenset[str](), "sv": frozenset({"handling", "make", "service"})}
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}")
_WORD = re.compile(r"[^\W\d_]{3,}")


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _parts(value: object) -> list[str]:
    return [part for part in (value if isinstance(value, (tuple, list)) else (value,)) if isinstance(part, str) and part]


def _words(texts: Iterable[str]) -> set[str]:
    return {word.casefold() for text in texts for word in _WORD.findall(_PLACEHOLDER.sub(" ", text))}


class TextSet:
    """Texts compared as a whole; a placeholder stands for anything."""

    def __init__(self, texts: Iterable[str]) -> None:
        plain = {_plain(text) for text in texts}
        self.whole = {text for text in plain if not _PLACEHOLDER.search(text)}
        patterns = []
        for text in sorted(plain - self.whole):
            fixed = [re.escape(part) for part in _PLACEHOLDER.split(text)]
            # A text that is nearly all placeholder would match anything.
            if sum(len(word) for word in _WORD.findall(" ".join(fixed))) >= 4:
                patterns.append("(.+)".join(fixed).replace("(.+)", ".+"))
        self._pattern = re.compile("|".join(patterns) or r"(?!)")

    def __contains__(self, text: str) -> bool:
        return text in self.whole or self._pattern.fullmatch(text) is not None


def _translations(catalogue: Catalog) -> list[str]:
    return [part for message in catalogue if message.id for part in _parts(message.string)]


class Judge:
    """Judges texts that are meant to be in `language`."""

    def __init__(self, language: str) -> None:
        other = next(code for code in LANGUAGES if code != language)
        catalogue = load(language)
        ids = [part for message in catalogue if message.id for part in _parts(message.id)]
        names = {code: [row.name_fi if code == "fi" else row.name_sv for row in reference_organisations()] for code in LANGUAGES}
        # A value that was added in the service has its Finnish label for an English one.
        labels = {code: [value.label_in(code) for value in (values_of_files() if code == "en" else all_values())] for code in (*LANGUAGES, "en")}
        mine, theirs = _translations(catalogue), _translations(load(other))
        self._names = {*theirs, *labels[other], *names[other]}
        self._own = TextSet([*mine, *labels[language], *names[language]])
        self._english = TextSet([*ids, *labels["en"]])
        self._other = TextSet([*theirs, *labels[other], *names[other]])
        self.suspects = (_words(ids) | COMMON) - (_words(mine) - COMMON)
        self.words = _words(labels[language])
        self._english_words = self.suspects - SHARED[language]
        # Pages say the same over and over.
        self._judged: dict[tuple[str, bool], list[str]] = {}

    def problems(self, text: str, *, is_typed: bool = False) -> list[str]:
        """Name what in the text is of another language; the words of what a person typed are left alone."""
        key = text, is_typed
        if key not in self._judged:
            self._judged[key] = self._judge(text, is_typed=is_typed)
        return self._judged[key]

    def _judge(self, text: str, *, is_typed: bool) -> list[str]:
        plain = _plain(text)
        if plain in self._own:
            return []
        found = [] if is_typed else [word for word in _WORD.findall(text) if word.casefold() in self._english_words]
        if plain in self._english:
            found.append(f"English: {text}")
        # What a person typed may be a name that stands in a list: a post office is written in capitals.
        if plain in self._other and not (is_typed and text.strip() not in self._names):
            found.append(f"other language: {text}")
        return found


@cache
def judge(language: str) -> Judge:
    """Give the judge of a language, made once."""
    return Judge(language)


def wrong_language(texts: Iterable[Text], typed: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Give (problem, place) for each text that is not in the language its element says; `typed` holds people's own texts."""
    for text in texts:
        if text.language in LANGUAGES:
            for problem in judge(text.language).problems(text.text, is_typed=text.text in typed):
                yield problem, text.place
