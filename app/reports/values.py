"""What a figure is as one number, the same for page, chart and file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from app.codes.edition import of_edition
from app.codes.areas import reference_organisations
from app.reports.areas import COUNTRY, Level, area_of, kind_on
from app.reports.catalogue.indicator import Indicator, Measure
from app.reports.figures import Figure
from app.reports.spreads import quantile

__all__ = ["area_name", "quantile", "value_of"]


def value_of(indicator: Indicator, figure: Figure) -> float | None:
    """Give a number, a share from 0 to 1, a median or an average; None where the cell is hidden or its whole is nothing."""
    if figure.value is not None:
        return figure.value
    if figure.is_hidden or figure.numerator is None:
        return None
    if indicator.measure is Measure.COUNT:
        return figure.numerator
    if indicator.measure is Measure.SHARE:
        return figure.numerator / figure.denominator if figure.denominator else None
    return figure.median if indicator.measure is Measure.SPREAD else figure.mean


def area_name(level: Level, code: str, language: str, on: date | None = None) -> str:
    """Give the name of an area of a day, today without one, in fi or sv; the code where it is not known."""
    return area_names(level, language, on).get(code, code)


def area_names(level: Level, language: str, on: date | None = None) -> Mapping[str, str]:
    """Give the names of the areas of a day by code, for a page of many; the country is among them."""
    return _names(kind_on(level, on), language)


def area_places(level: Level, language: str, on: date | None = None) -> Mapping[str, int]:
    """Give the place of each area among all of a day in the order of their names."""
    return _places(kind_on(level, on), language)


def areas_by_name(level: Level, language: str, on: date | None = None) -> Sequence[tuple[str, str]]:
    """Give the code and the name of each area of a level that holds a municipality on a day, today without one, in the order of their names."""
    return _by_name(level, language, on or date.today(), is_today=on is None)


@of_edition
def _by_name(level: Level, language: str, on: date, *, is_today: bool) -> tuple[tuple[str, str], ...]:
    day = None if is_today else on
    names, places = area_names(level, language, day), area_places(level, language, day)
    codes = sorted(set(area_of(level, day).values()), key=lambda code: (places.get(code, len(places)), code))
    return tuple((code, names.get(code, code)) for code in codes)


@of_edition
def _names(kind: str | None, language: str) -> dict[str, str]:
    found = {row.code: row.name_sv if language == "sv" else row.name_fi for row in reference_organisations() if row.kind == kind}
    return {**found, COUNTRY: "Hela landet" if language == "sv" else "Koko maa"}


@of_edition
def _places(kind: str | None, language: str) -> dict[str, int]:
    names = _names(kind, language)
    return {code: place for place, code in enumerate(sorted(names, key=lambda code: names[code].casefold()))}
