"""What the address of a page of figures asks, read with the reader's own area and the latest closed quarter in place of what is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.codes.edition import of_edition
from app.codes.areas import reference_organisations
from app.organisations.models import organisation_key
from app.reports.areas import COUNTRY, AsOf, Level, area_of, kind_on
from app.reports.catalogue.indicator import Audience, Indicator
from app.reports.dimensions import CROSS
from app.reports.figures import Question, Viewer
from app.reports.periods import Period, UnknownPeriodError, period_named

# How many periods a series has when the address does not say where it begins, and at most.
SERIES, LONGEST = 8, 24
_LEVEL_OF = {
    Audience.WORKER: Level.MUNICIPALITY, Audience.LEAD: Level.MUNICIPALITY, Audience.MUNICIPALITY: Level.MUNICIPALITY,
    Audience.OFFICER: Level.MUNICIPALITY, Audience.COUNTY: Level.WELLBEING_COUNTY, Audience.AGENCY: Level.REGION,
}  # fmt: skip
LEVELS: dict[Level, Any] = {
    Level.MUNICIPALITY: _l("Municipality"), Level.EMPLOYMENT_AREA: _l("Employment area"), Level.WELLBEING_COUNTY: _l("Wellbeing services county"),
    Level.REGION: _l("Area of the economic development centre"), Level.COUNTRY: _l("Whole country"),
}  # fmt: skip
_ERRORS: dict[str, Any] = {
    "level": _l("There is no such level of areas. Choose one of those below."),
    "area": _l("There is no such area at this level. Choose one of those below."),
    "period": _l("There is no such period. Choose one of those below."),
    "to": _l("The period to begin with must be of the same length as the last one and not later. Choose one of those below."),
    "areas": _l("The areas are those of then or of now. Choose one of the two."),
    "by": _l("The figures cannot be broken down that way. Choose one of those below."),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is shown: `area` None compares all areas of the level, `first` begins a series that ends with `period`."""

    level: Level
    area: str | None
    period: Period
    first: Period | None
    by: tuple[str, ...]
    as_of: AsOf = AsOf.NOW
    errors: tuple[Any, ...] = ()

    @property
    def periods(self) -> tuple[Period, ...]:
        """Give the periods that are shown, the oldest first: a series of one area, else the one asked."""
        if self.first is None and (self.area is None or self.by):
            return (self.period,)
        found, first = [self.period], self.first
        while len(found) < (LONGEST if first else SERIES) and (first is None or found[0] > first):
            found.insert(0, found[0].previous)
        return tuple(found)

    def question(self, indicator: Indicator) -> Question:
        return Question(indicator.id, self.level, tuple(one.id for one in self.periods), self.area, self.by, self.as_of)


def own_place(viewer: Viewer) -> tuple[Level, str]:
    """Give the level and the area that a viewer reads first."""
    level = _LEVEL_OF.get(viewer.audience, Level.COUNTRY)
    if level is Level.COUNTRY:
        return level, COUNTRY
    code = _codes().get(viewer.organisation_id or "")
    # Who watches over the log of the national agency reads the country.
    return (level, code) if code and code in area_of(level).values() else (Level.COUNTRY, COUNTRY)


@of_edition
def _codes() -> dict[str, str]:
    """Give the code of every organisation of the reference data by its key."""
    return {organisation_key(row.kind, row.code): row.code for row in reference_organisations()}


def asked_of(args: Mapping[str, str], viewer: Viewer, indicator: Indicator, latest: Period) -> Asked:
    """Read the arguments `level`, `area`, `period`, `to`, `by` and `areas`; what is wrong is told in `errors` and what it would be without stands in its place.

    Without `area` a level other than the reader's own is shown whole, all its areas beside each other; so is their own when `area` is empty.
    """
    errors: list[str] = []
    level = _level(args, viewer, errors)
    begins, ends = _period(args.get("period"), "period", errors), _period(args.get("to"), "to", errors)
    if begins and ends and (begins.length is not ends.length or begins > ends):
        errors.append("to")
        begins, ends = None, begins
    last, as_of = ends or begins or latest, as_of_in(args)
    if as_of is None:
        errors.append("areas")
    on = min(last.ends_on, date.today()) if as_of is AsOf.THEN else None
    return Asked(
        level=level, area=_area(args, viewer, level, errors, on), period=last, first=begins if ends else None,
        by=_by(args, indicator, errors), as_of=as_of or AsOf.NOW, errors=tuple(_ERRORS[name] for name in dict.fromkeys(errors)),
    )  # fmt: skip


def as_of_in(args: Mapping[str, str]) -> AsOf | None:
    """Read `areas`, then or now (without it now); None for anything else."""
    text = args.get("areas") or "now"
    return AsOf(text.upper()) if text in ("then", "now") else None


def _level(args: Mapping[str, str], viewer: Viewer, errors: list[str]) -> Level:
    text = args.get("level", "")
    if text and text not in Level.__members__:
        errors.append("level")
    return Level(text) if text in Level.__members__ else own_place(viewer)[0]


def _area(args: Mapping[str, str], viewer: Viewer, level: Level, errors: list[str], on: date | None) -> str | None:
    if level is Level.COUNTRY:
        return COUNTRY
    own_level, own = own_place(viewer)
    # Areas of another kind have codes of their own: the reader's own is none of them.
    default = own if level is own_level and kind_on(level, on) == kind_on(level) else None
    text = args.get("area")
    if text and text not in area_of(level, on).values():
        errors.append("area")
        return default
    return default if text is None else text or None


def _period(text: str | None, name: str, errors: list[str]) -> Period | None:
    if not text:
        return None
    try:
        return period_named(text)
    except UnknownPeriodError:
        errors.append(name)
        return None


def _by(args: Mapping[str, str], indicator: Indicator, errors: list[str]) -> tuple[str, ...]:
    by = tuple(part for part in args.get("by", "").split(CROSS) if part)
    if by and by not in {*((key,) for key in indicator.dimensions), *indicator.crossings}:
        errors.append("by")
        return ()
    return by
