"""Levels of areas and which municipalities an area holds, from the reference data; costs no statement."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import cache

from app.codes.areas import ReferenceOrganisation, reference_organisations
from app.organisations.models import organisation_key

COUNTRY = "FI"


class Level(StrEnum):
    """What an area is."""

    MUNICIPALITY = "MUNICIPALITY"
    EMPLOYMENT_AREA = "EMPLOYMENT_AREA"
    WELLBEING_COUNTY = "WELLBEING_COUNTY"
    REGION = "REGION"
    COUNTRY = "COUNTRY"


_CODE_OF: dict[Level, Callable[[ReferenceOrganisation], str | None]] = {
    Level.MUNICIPALITY: lambda row: row.code,
    Level.EMPLOYMENT_AREA: lambda row: row.employment_area_code,
    Level.WELLBEING_COUNTY: lambda row: row.wellbeing_county_code,
    # The region of a state agency: the economic development centre.
    Level.REGION: lambda row: row.edc_code,
    Level.COUNTRY: lambda row: COUNTRY,
}


@cache
def area_of(level: Level) -> dict[str, str]:
    """Give the area of each municipality, by the key of its organisation."""
    code = _CODE_OF[level]
    found = {organisation_key(row.kind, row.code): code(row) for row in reference_organisations() if row.kind == "MUNICIPALITY"}
    return {key: area for key, area in found.items() if area}
