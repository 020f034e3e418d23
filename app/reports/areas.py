"""Levels of areas and which municipalities an area holds, on a day, from the reference data; costs no statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum

from app.codes.areas import ReferenceOrganisation, reference_organisations
from app.codes.edition import of_edition
from app.organisations.models import organisation_key

COUNTRY = "FI"


class Level(StrEnum):
    """What an area is."""

    MUNICIPALITY = "MUNICIPALITY"
    EMPLOYMENT_AREA = "EMPLOYMENT_AREA"
    WELLBEING_COUNTY = "WELLBEING_COUNTY"
    REGION = "REGION"
    COUNTRY = "COUNTRY"


class AsOf(StrEnum):
    """Whose areas: those of the last day of the period that is asked, or those of today."""

    THEN = "THEN"
    NOW = "NOW"


# Which kind of organisation an area of a level is, the newest first, and the column of a municipality that names it.
_KINDS: Mapping[Level, tuple[tuple[str, Callable[[ReferenceOrganisation], str | None]], ...]] = {
    Level.EMPLOYMENT_AREA: (("EMPLOYMENT_AREA", lambda row: row.employment_area_code),),
    Level.WELLBEING_COUNTY: (("WELLBEING_COUNTY", lambda row: row.wellbeing_county_code),),
    # The region of a state agency.
    Level.REGION: (("ECONOMIC_DEVELOPMENT_CENTRE", lambda row: row.edc_code), ("ELY_CENTRE", lambda row: row.ely_code)),
}


def area_of(level: Level, on: date | None = None) -> dict[str, str]:
    """Give the area of each municipality on a day, today without one, by the key of its organisation.

    A municipality that had ended by that day counts where its successor does; without a day it stands for itself among municipalities,
    as what is hidden is settled for each one that has facts. Before the areas of a level existed there are none.
    """
    if level is Level.MUNICIPALITY and on is None:
        return dict(_each())
    return _area_of(level, on or date.today())


def areas_of_period(level: Level, ends_on: date, as_of: AsOf) -> dict[str, str]:
    """Give the area of each municipality for a period: as the areas were on its last day, or as they are today.

    A period that runs has the areas of today in both.
    """
    today = date.today()
    return area_of(level, today if as_of is AsOf.NOW else min(ends_on, today))


def kind_on(level: Level, on: date | None = None) -> str | None:
    """Give the kind of organisation that an area of a level is on a day; None for the country and before there were any."""
    if level is Level.MUNICIPALITY:
        return "MUNICIPALITY"
    return next((kind for kind, _code in _KINDS.get(level, ()) if _begins(kind) <= (on or date.today())), None)


@of_edition
def _area_of(level: Level, on: date) -> dict[str, str]:
    by_code = _municipalities()
    code = _code_of(level, on)
    found = {organisation_key("MUNICIPALITY", row.code): code(_standing(row, by_code, on)) for row in by_code.values()}
    return {key: area for key, area in found.items() if area}


def _code_of(level: Level, on: date) -> Callable[[ReferenceOrganisation], str | None]:
    if level is Level.COUNTRY:
        return lambda row: COUNTRY
    if level is Level.MUNICIPALITY:
        return lambda row: row.code
    kind = kind_on(level, on)
    return next((code for known, code in _KINDS[level] if known == kind), lambda row: None)


def _standing(row: ReferenceOrganisation, by_code: Mapping[str, ReferenceOrganisation], on: date) -> ReferenceOrganisation:
    """Give who had taken a municipality's place by a day, itself where nobody had."""
    while row.valid_to is not None and row.valid_to < on and row.successor_code:
        row = by_code[row.successor_code]
    return row


@of_edition
def _municipalities() -> dict[str, ReferenceOrganisation]:
    return {row.code: row for row in reference_organisations() if row.kind == "MUNICIPALITY"}


@of_edition
def _each() -> dict[str, str]:
    return {organisation_key("MUNICIPALITY", code): code for code in _municipalities()}


@of_edition
def _begins(kind: str) -> date:
    return min(row.valid_from for row in reference_organisations() if row.kind == kind and row.valid_from)
