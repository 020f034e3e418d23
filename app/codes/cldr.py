"""Countries and languages from CLDR, with the languages that interpreters need beside them."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

_LOCALES = ("fi", "sv", "en")
_EXTRA = Path(__file__).parent / "data" / "languages_extra.csv"
# CLDR names areas that are no countries beside the countries; these codes are reserved or groupings.
_NO_COUNTRY = frozenset({"ZZ", "XA", "XB", "EU", "EZ", "UN", "QO", "AC", "CP", "DG", "EA", "IC", "TA", "CQ", "AQ"})


@cache
def country_labels() -> dict[str, tuple[str, str, str]]:
    """Give ISO 3166 alpha-2 codes with labels in fi, sv and en; `XXX` is stateless."""
    names: list[Any] = [Locale.parse(code).territories for code in _LOCALES]
    codes = sorted(code for code in names[2] if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY)
    found = {code: (names[0][code], names[1][code], names[2][code]) for code in codes if all(code in part for part in names)}
    return {**found, "XXX": ("valtioton", "statslös", "stateless")}


@cache
def language_labels() -> dict[str, tuple[str, str, str]]:
    """Give language codes with labels: ISO 639-1 from CLDR, longer codes from the project's own list."""
    names: list[Any] = [Locale.parse(code).languages for code in _LOCALES]
    codes = sorted(code for code in names[2] if len(code) == 2 and all(code in part for part in names))
    found = {code: (names[0][code], names[1][code], names[2][code]) for code in codes}
    with _EXTRA.open(encoding="utf-8") as file:
        found |= {row["code"]: (row["fi"], row["sv"], row["en"]) for row in csv.DictReader(file)}
    return found
