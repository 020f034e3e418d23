"""Labels of a plan in a second language beside the page's own: a help for reading, not a translation of the plan."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from flask_babel import force_locale

from app.codes.lists import label
from app.core.letters import with_large_letter

# Languages whose labels the service has of its own: both page languages, and English in code and code lists.
_OWN = ("fi", "sv", "en")
_FILE = Path(__file__).parent / "data" / "second_language.csv"
RIGHT_TO_LEFT = frozenset({"ar", "fa"})


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with _FILE.open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


@cache
def _labels() -> dict[str, dict[str, str]]:
    """Give language → key → text of the data file."""
    found: dict[str, dict[str, str]] = {}
    for row in _rows():
        found.setdefault(row["language"], {})[row["key"]] = row["text"]
    return found


def languages() -> tuple[str, ...]:
    """Give the codes of all languages in which there are labels."""
    return (*_OWN, *sorted(_labels()))


def name_of(language: str) -> str:
    """Give the name of a language in the language itself."""
    name = Locale.parse(language).display_name or language
    return with_large_letter(name)


def direction(language: str) -> str:
    """Give `rtl` or `ltr`, as the `dir` attribute wants it."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def second_text(language: str | None, key: str, first: Any) -> str:
    """Give the text `key` in the second language; `first` is the same text in the page's language, lazily translated.

    Where there is no text the first language stands alone: an empty text is given.
    """
    if language is None:
        return ""
    if language in _OWN:
        with force_locale(language):
            return str(first)
    return _labels()[language].get(key, "")


def second_code(language: str | None, codes: str | None, value: Any) -> str:
    """Give the label of a code in the second language, empty where there is none."""
    if language is None or not codes or not value:
        return ""
    if language in _OWN:
        return label(codes, value, language)
    names: dict[str, Any] = {"LANGUAGE": Locale.parse(language).languages, "COUNTRY": Locale.parse(language).territories}
    found = names[codes].get(value) if codes in names else _labels()[language].get(f"{codes}.{value}")
    return found or ""


def choices(page_language: str) -> Iterator[tuple[str, str]]:
    """Give (code, name in the language itself) of what may stand beside the page's language."""
    return ((code, name_of(code)) for code in languages() if code != page_language)


def is_unconfirmed(language: str) -> bool:
    """Tell whether some label in the language has been checked by no translator."""
    return any(row["language"] == language and row["state"] != "confirmed" for row in _rows())
