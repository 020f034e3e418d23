"""Values of an old system as codes: by code, by label in any language, by an old word, and by likeness, which a person confirms."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from rapidfuzz import fuzz, process

from app.codes.edition import of_edition
from app.imports.mapping.wording import plain, written
from app.imports.specification.codes import shown_values, values_of

_TERMS = Path(__file__).parent / "data" / "code_terms.csv"
_LIKE_ENOUGH = 78.0
_LANGUAGES = ("fi", "sv", "en")

Why = Literal["CODE", "LABEL", "OLD_TERM", "ALIKE"]


@dataclass(frozen=True)
class ValueGuess:
    """What code a value may stand for; `score` 1 needs nobody's confirmation."""

    value: str
    code: str | None
    score: float
    why: Why | None


@cache
def _terms() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    with _TERMS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["list"], {})[plain(row["term"])] = row["code"]
    return found


@of_edition
def _labels(list_name: str) -> dict[str, str]:
    """Give plain label → code; a label that two values share stands for neither, but with its code behind it."""
    found: dict[str, set[str]] = {}
    for value in values_of(list_name):
        for language in _LANGUAGES:
            found.setdefault(plain(value.label_in(language)), set()).add(value.code)
    for language in ("fi", "sv"):
        for code, text in shown_values(list_name, language).items():
            found.setdefault(plain(text), set()).add(code)
    return {text: next(iter(codes)) for text, codes in found.items() if len(codes) == 1 and text}


@of_edition
def _codes(list_name: str) -> dict[str, str]:
    """Give written code → code; numbers whose noughts a spreadsheet took away are among them."""
    codes = [value.code for value in values_of(list_name)]
    short = {code.lstrip("0"): code for code in codes if code.isdigit() and code.lstrip("0")} if all(code.isdigit() for code in codes) else {}
    lower = {code.casefold(): code for code in codes}
    return {**short, **(lower if len(lower) == len(codes) else {}), **{code: code for code in codes}}


def known_code(list_name: str, value: object) -> tuple[str, Why] | None:
    """Give the code that a value surely stands for, and why."""
    text = written(value)
    codes = _codes(list_name)
    if (code := codes.get(text)) is not None:
        return code, "CODE"
    word = plain(text)
    if (code := _labels(list_name).get(word)) is not None:
        return code, "LABEL"
    if (code := _terms().get(list_name, {}).get(word)) is not None:
        return code, "OLD_TERM"
    if (code := codes.get(text.casefold())) is not None:
        return code, "CODE"
    return None


def guess_code(list_name: str, value: object) -> ValueGuess:
    """Give the code that a value stands for, or is the most like."""
    text = written(value)
    if known := known_code(list_name, text):
        return ValueGuess(text, known[0], 1.0, known[1])
    choices = {**_terms().get(list_name, {}), **_labels(list_name)}
    found = process.extractOne(plain(text), choices.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=_LIKE_ENOUGH)
    return ValueGuess(text, choices[found[0]], round(found[1] / 100 * 0.95, 3), "ALIKE") if found else ValueGuess(text, None, 0.0, None)


def guess_codes(list_name: str, values: Iterable[object]) -> list[ValueGuess]:
    """Give a guess for each distinct value, in the order in which they come up."""
    return [guess_code(list_name, text) for text in dict.fromkeys(written(value) for value in values) if text]
