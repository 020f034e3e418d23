"""Municipalities, areas and authorities from the project's data files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from app.codes.edition import current_edition, of_edition

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, kw_only=True)
class ReferenceOrganisation:
    """An organisation of the reference data; `valid_to` is its last day, `successor_code` who continues it."""

    kind: str
    code: str
    name_fi: str
    name_sv: str
    valid_from: date | None = None
    valid_to: date | None = None
    successor_code: str | None = None
    region_code: str | None = None
    wellbeing_county_code: str | None = None
    employment_area_code: str | None = None
    edc_code: str | None = None
    ely_code: str | None = None
    language_status: str | None = None


_FILES = (
    ("municipalities.csv", "MUNICIPALITY"), ("regions.csv", "REGION"), ("wellbeing_counties.csv", "WELLBEING_COUNTY"),
    ("employment_areas.csv", "EMPLOYMENT_AREA"), ("ely_centres.csv", "ELY_CENTRE"),
    ("economic_development_centres.csv", "ECONOMIC_DEVELOPMENT_CENTRE"),
)  # fmt: skip
_AUTHORITIES = (
    ReferenceOrganisation(
        kind="NATIONAL_AGENCY", code="KEHA", name_fi="Työllisyys-, kehittämis- ja hallintokeskus",
        name_sv="Sysselsättnings-, utvecklings- och förvaltningscentret", valid_from=date(2026, 1, 1),
    ),
    ReferenceOrganisation(kind="MINISTRY", code="TEM", name_fi="Työ- ja elinkeinoministeriö", name_sv="Arbets- och näringsministeriet"),
)  # fmt: skip
_TEXTS = ("successor_code", "region_code", "wellbeing_county_code", "employment_area_code", "edc_code", "ely_code", "language_status")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _rows() -> Iterator[ReferenceOrganisation]:
    for filename, kind in _FILES:
        with (DATA / filename).open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                yield ReferenceOrganisation(
                    kind=kind, code=row["code"], name_fi=row["name_fi"], name_sv=row["name_sv"],
                    valid_from=_day(row.get("valid_from")), valid_to=_day(row.get("valid_to")),
                    **{name: row.get(name) or None for name in _TEXTS},
                )  # fmt: skip
    yield from _AUTHORITIES


@cache
def organisations_of_files() -> tuple[ReferenceOrganisation, ...]:
    """Give the organisations as the project's files have them."""
    return tuple(_rows())


@of_edition
def reference_organisations() -> tuple[ReferenceOrganisation, ...]:
    """Give all organisations of the reference data, with what was edited in the service."""
    edited = dict(current_edition().organisations)
    found = [replace(row, **edited.pop((row.kind, row.code), {})) for row in organisations_of_files()]
    return (*found, *(ReferenceOrganisation(kind=kind, code=code, **fields) for (kind, code), fields in edited.items()))
