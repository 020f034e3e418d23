"""Code lists with labels, read once from the project's data files."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from app.codes.cldr import country_labels, language_labels

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class CodeValue:
    """A value of a code list; `valid_to` is the last day in force, None while in force."""

    list: str
    code: str
    fi: str
    sv: str
    en: str
    source: str
    valid_from: date
    valid_to: date | None

    def label_in(self, language: str) -> str:
        """Give the label in `fi`, `sv` or `en`."""
        return {"fi": self.fi, "sv": self.sv}.get(language, self.en)


@cache
def all_values() -> tuple[CodeValue, ...]:
    """Give every value of every list, in the order of the data files."""
    with (DATA / "code_lists.csv").open(encoding="utf-8") as file:
        found = [
            CodeValue(row["list"], row["code"], row["fi"], row["sv"], row["en"], row["source"],
                      date.fromisoformat(row["valid_from"]), date.fromisoformat(row["valid_to"]) if row["valid_to"] else None)
            for row in csv.DictReader(file)
        ]  # fmt: skip
    for name, labels in (("COUNTRY", country_labels()), ("LANGUAGE", language_labels())):
        found += [CodeValue(name, code, *texts, "CLDR", date(1900, 1, 1), None) for code, texts in labels.items()]
    return tuple(found)


@cache
def _by_list() -> dict[str, dict[str, CodeValue]]:
    found: dict[str, dict[str, CodeValue]] = {}
    for value in all_values():
        found.setdefault(value.list, {})[value.code] = value
    return found


def list_names() -> list[str]:
    """Give the names of all lists."""
    return sorted(_by_list())


def values(list_name: str, on: date | None = None) -> list[CodeValue]:
    """Give the values of a list, only those in force on a day when one is given. Raises KeyError for an unknown list."""
    found = _by_list()[list_name].values()
    return [value for value in found if on is None or (value.valid_from <= on and (value.valid_to is None or on <= value.valid_to))]


def label(list_name: str, code: str, language: str) -> str:
    """Give the label of a code; a code the list does not hold is given as it is."""
    value = _by_list()[list_name].get(code)
    return value.label_in(language) if value else code


@cache
def choices(list_name: str, language: str, on: date | None = None) -> list[tuple[str, str]]:
    """Give (code, label) pairs for a select; countries and languages stand in alphabetical order."""
    found = [(value.code, value.label_in(language)) for value in values(list_name, on)]
    if list_name in ("COUNTRY", "LANGUAGE"):
        found.sort(key=lambda pair: pair[1].casefold())
    return found
