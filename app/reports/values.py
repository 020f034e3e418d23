"""What a figure is as one number, the same for page, chart and file."""

from __future__ import annotations

from datetime import date

from app.codes.edition import of_edition
from app.codes.areas import ReferenceOrganisation, reference_organisations
from app.reports.areas import COUNTRY, Level, kind_on
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
    if code == COUNTRY:
        return "Hela landet" if language == "sv" else "Koko maa"
    kind = kind_on(level, on)
    found = _named().get((kind, code))
    if found is None:
        return code
    return found.name_sv if language == "sv" else found.name_fi


@of_edition
def _named() -> dict[tuple[str | None, str], ReferenceOrganisation]:
    """Give every organisation of the reference data."""
    return {(row.kind, row.code): row for row in reference_organisations()}
