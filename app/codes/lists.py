"""Code lists with labels, from the project's data files and what was edited in the service."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from app.codes.cldr import country_labels, language_labels
from app.codes.edition import current_edition, of_edition

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
def values_of_files() -> tuple[CodeValue, ...]:
    """Give every value of every list as the data files have it, in their order."""
    with (DATA / "code_lists.csv").open(encoding="utf-8") as file:
        found = [
            CodeValue(row["list"], row["code"], row["fi"], row["sv"], row["en"], row["source"],
                      date.fromisoformat(row["valid_from"]), date.fromisoformat(row["valid_to"]) if row["valid_to"] else None)
            for row in csv.DictReader(file)
        ]  # fmt: skip
    for name, labels in (("COUNTRY", country_labels()), ("LANGUAGE", language_labels())):
        found += [CodeValue(name, code, *texts, "CLDR", date(1900, 1, 1), None) for code, texts in labels.items()]
    return tuple(found)


@of_edition
def all_values() -> tuple[CodeValue, ...]:
    """Give every value of every list: those of the data files in their order, then those added in the service."""
    found = {(value.list, value.code): value for value in values_of_files()}
    for edit in current_edition().code_edits:
        known, key = found.get((edit.list_name, edit.code)), (edit.list_name, edit.code)
        is_kept = known is not None and (known.fi, known.sv) == (edit.name_fi, edit.name_sv)
        english = known.en if known is not None and is_kept else edit.name_fi
        found[key] = CodeValue(*key, edit.name_fi, edit.name_sv, english, known.source if known else "project", edit.valid_from, edit.valid_to)
    return tuple(found.values())


@of_edition
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


@of_edition
def choices(list_name: str, language: str, on: date | None = None) -> list[tuple[str, str]]:
    """Give (code, label) pairs for a select; countries and languages stand in alphabetical order."""
    found = [(value.code, value.label_in(language)) for value in values(list_name, on)]
    if list_name in ("COUNTRY", "LANGUAGE"):
        found.sort(key=lambda pair: pair[1].casefold())
    return found
