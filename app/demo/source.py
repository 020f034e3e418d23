"""What invented data are drawn from: names, origins, texts and municipalities, read once from data files."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.codes.areas import reference_organisations
from app.organisations.models import organisation_key

_OWN = Path(__file__).parent / "data"
_CODES = Path(__file__).parent.parent / "codes" / "data"

# First two figures of postal codes, by municipality of the capital region and its neighbours, else by region.
_POSTAL_AREAS = {"091": "00", "092": "01", "049": "02", "638": "06", "01": "04", "02": "20", "04": "28", "05": "13", "06": "33", "07": "15",
                 "08": "45", "09": "53", "10": "50", "11": "70", "12": "80", "13": "40", "14": "60", "15": "65", "16": "67", "17": "90",
                 "18": "87", "19": "96", "21": "22"}  # fmt: skip


@dataclass(frozen=True)
class Origin:
    """Where a family comes from; `grounds` are residence grounds as weights, `others` the languages learnt beside."""

    country: str
    language: str
    names: str
    grounds: str
    others: tuple[str, ...]


@dataclass(frozen=True)
class Home:
    """A municipality with clients."""

    key: str
    code: str
    name_fi: str
    name_sv: str
    language_status: str
    postal_area: str


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def origins() -> tuple[tuple[Origin, ...], tuple[float, ...]]:
    """Give the origins and their weights."""
    rows = _rows(_OWN / "origins.csv")
    found = (Origin(row["country"], row["language"], row["names"], row["grounds"], tuple(row["others"].split())) for row in rows)
    return tuple(found), tuple(float(row["weight"]) for row in rows)


@cache
def names(language: str) -> dict[str, tuple[str, ...]]:
    """Give the names of a language by kind: `given_female`, `given_male`, and `family` or `fathers_name` when it has them."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in _rows(_CODES / "synthetic_names.csv"):
        if row["language_code"] == language:
            found[row["name_type"]].append(row["name"])
    return {kind: tuple(values) for kind, values in found.items()}


@cache
def homes() -> tuple[tuple[Home, ...], tuple[float, ...]]:
    """Give the municipalities and their shares of the country's clients."""
    rows = {row.code: row for row in reference_organisations() if row.kind == "MUNICIPALITY"}
    weighed = [(rows[row["municipality_code"]], float(row["client_weight_pct"])) for row in _rows(_CODES / "population.csv")]
    found = (
        Home(organisation_key(row.kind, row.code), row.code, row.name_fi, row.name_sv, row.language_status or "fi",
             _POSTAL_AREAS.get(row.code) or _POSTAL_AREAS.get(row.region_code or "", "99"))
        for row, _weight in weighed
    )
    return tuple(found), tuple(weight for _row, weight in weighed)


@cache
def home_of(code: str) -> Home:
    """Give a municipality by its code."""
    return next(home for home in homes()[0] if home.code == code)


@cache
def _texts() -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in _rows(_OWN / "texts.csv"):
        for language in ("fi", "sv"):
            found[row["kind"], language].append(row[language])
    return {key: tuple(values) for key, values in found.items()}


def texts(kind: str, language: str) -> tuple[str, ...]:
    """Give the texts of a kind in `fi` or `sv`. Raises KeyError when there is none."""
    return _texts()[kind, language]


@cache
def by_education(name: str, language: str) -> dict[str, tuple[str, ...]]:
    """Give occupations or qualifications in `fi` or `sv` by the level of education they ask for."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in _rows(_OWN / f"{name}.csv"):
        found[row["education_level"]].append(row[language])
    return {level: tuple(values) for level, values in found.items()}


@cache
def streets(language: str) -> tuple[str, ...]:
    """Give street names in `fi` or `sv`."""
    return tuple(row[language] for row in _rows(_OWN / "streets.csv"))
