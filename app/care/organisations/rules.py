"""What an organisation and its changes must be like; pure functions that give the codes of broken rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

MUNICIPALITY = "MUNICIPALITY"
# Column of an organisation that names an area → the kind of organisation the area is.
AREAS = {
    "region_code": "REGION", "wellbeing_county_code": "WELLBEING_COUNTY", "employment_area_code": "EMPLOYMENT_AREA",
    "economic_development_centre_code": "ECONOMIC_DEVELOPMENT_CENTRE",
}  # fmt: skip
_MUNICIPALITY_CODE, _CODE = re.compile(r"\d{3}"), re.compile(r"[A-Z0-9][A-Z0-9-]{0,11}")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What of an organisation decides whether it can change."""

    id: str
    kind: str
    valid_from: date | None
    valid_to: date | None


def is_code(kind: str, code: str) -> bool:
    """Tell whether a code has the form of its kind: a municipality's is three digits."""
    return bool((_MUNICIPALITY_CODE if kind == MUNICIPALITY else _CODE).fullmatch(code))


def broken_name(*, current: tuple[str, str], new: tuple[str, str], on: date, valid_to: date | None, today: date) -> list[str]:
    """Check new names from a day on."""
    found = ["SAME"] if new == current else []
    if on < today:
        found.append("PAST")
    if valid_to is not None and valid_to < on:
        found.append("ENDED")
    return found


def broken_end(one: Standing, *, last_day: date, today: date) -> list[str]:
    """Check the last day of an organisation that no other continues."""
    if one.kind == MUNICIPALITY:
        return ["MUNICIPALITY"]
    if one.valid_to is not None:
        return ["ENDED"]
    if last_day < today:
        return ["PAST"]
    return ["BEFORE"] if one.valid_from is not None and last_day < one.valid_from else []


def broken_merger(old: Standing, new: Standing, *, on: date, today: date) -> list[str]:
    """Check that one municipality is continued by another from a day on; until then it can be taken back."""
    if old.id == new.id:
        return ["SELF"]
    if {old.kind, new.kind} != {MUNICIPALITY}:
        return ["KIND"]
    if old.valid_to is not None:
        return ["ENDED"]
    found = [] if on > today else ["NOT_AHEAD"]
    if new.valid_to is not None:
        found.append("ENDED_NEW")
    if new.valid_from is not None and new.valid_from > on:
        found.append("NOT_YET")
    if old.valid_from is not None and old.valid_from >= on:
        found.append("BEFORE")
    return found
