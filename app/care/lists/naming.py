"""Which parts of the code name a value of a code list: a rule rests on it, so it cannot end. Read from the source itself, once a process."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from app.codes.lists import values_of_files

_APP = Path(__file__).parents[2]
# None of them decides anything: invented data, the pages of the lists themselves, looks.
_NO_RULES = {"demo", "training", "care", "styleguide", "static", "templates"}
_TEXT = re.compile(r"""["']([A-Za-z0-9_.-]{1,40})["']""")
# Files of data that are no rules: the lists themselves, and words of old systems.
_NO_RULES_OF_DATA = {"codes", "imports"}


def named_by(list_name: str, code: str) -> tuple[str, ...]:
    """Give the files that name a value, none for one that only people use.

    A code that stands in several lists counts where its own list is named in the same feature too.
    """
    return _named().get((list_name, code), ())


def is_closed(list_name: str) -> bool:
    """Tell whether the code knows every value of a list by name: a new one would mean nothing to it."""
    codes = [value.code for value in values_of_files() if value.list == list_name]
    return bool(codes) and all(named_by(list_name, code) for code in codes)


@cache
def _named() -> dict[tuple[str, str], tuple[str, ...]]:
    lists_of: dict[str, set[str]] = defaultdict(set)
    for value in values_of_files():
        lists_of[value.code].add(value.list)
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    words_of = dict(_words())
    said: dict[str, set[str]] = defaultdict(set)
    for path, words in words_of.items():
        said[path.split("/")[0]] |= words
    for path, words in sorted(words_of.items()):
        for code in words & lists_of.keys():
            lists = lists_of[code] if len(lists_of[code]) == 1 else lists_of[code] & said[path.split("/")[0]]
            for name in lists:
                found[name, code].append(path)
    return {key: tuple(paths) for key, paths in found.items()}


def _words() -> Iterator[tuple[str, set[str]]]:
    """Give each file that may hold rules with the words that stand in it as values."""
    for path in _APP.rglob("*"):
        name = path.relative_to(_APP).as_posix()
        feature = name.split("/")[0]
        if path.suffix == ".py" and feature not in _NO_RULES:
            yield name, set(_TEXT.findall(path.read_text(encoding="utf-8")))
        elif path.suffix == ".csv" and feature not in _NO_RULES | _NO_RULES_OF_DATA:
            with path.open(encoding="utf-8") as file:
                yield name, {word for row in csv.reader(file) for cell in row for word in cell.split("|")}
