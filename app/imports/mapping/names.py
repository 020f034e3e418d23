"""A person's name, or post code and post office, in one column: told apart, and put together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from app.imports.mapping.wording import plain, written

# How the parts of one column become two fields.
Split = Literal["comma", "family_first", "given_first", "postal"]
FIELDS: dict[str, tuple[str, str]] = {
    "comma": ("family_name", "given_names"), "family_first": ("family_name", "given_names"), "given_first": ("given_names", "family_name"),
    "postal": ("postal_code", "post_office"),
}  # fmt: skip
_POSTAL = re.compile(r"(?:FI[- ]?)?(\d{5})\s+(\S.*)")
_FAMILY, _GIVEN = ("sukunim", "efternamn", "slaktnamn", "surname", "last", "family"), ("etunim", "fornamn", "first", "given")


def parts_of(value: object, split: str) -> tuple[str, str]:
    """Give the two parts in the order of `FIELDS`; what cannot be told apart stands whole in the first."""
    text = " ".join(written(value).split())
    if split == "postal":
        found = _POSTAL.fullmatch(text)
        return (found[1], found[2]) if found else ("", text)
    if split == "comma" or "," in text:
        first, _comma, rest = text.partition(",")
        return (first.strip(), rest.strip()) if split != "given_first" else (rest.strip(), first.strip())
    if split == "family_first":
        first, _space, rest = text.partition(" ")
        return first, rest
    rest, _space, last = text.rpartition(" ")
    return (rest, last) if rest else (last, "")


def split_of_name(heading: str, values: Iterable[object]) -> tuple[Split, bool]:
    """Tell how a column of names is written, and whether that is sure: by its commas, else by the order of words in its heading."""
    filled = [written(value) for value in values if written(value)]
    if filled and sum("," in text for text in filled) * 2 > len(filled):
        return "comma", True
    words = plain(heading)
    family = min((words.find(word) for word in _FAMILY if word in words), default=-1)
    given = min((words.find(word) for word in _GIVEN if word in words), default=-1)
    if family >= 0 and given >= 0:
        return ("family_first" if family < given else "given_first"), True
    return "family_first", False


def share_of_postal(values: Iterable[object]) -> float:
    """Give the share of values that are a post code with its post office."""
    filled = [written(value) for value in values if written(value)]
    return sum(bool(_POSTAL.fullmatch(text)) for text in filled) / len(filled) if filled else 0.0
