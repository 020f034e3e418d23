"""The numbers that a figure is told by: the one it is called after, and those that it rests on."""

from __future__ import annotations

from app.reports.catalogue.indicator import Indicator, Measure
from app.reports.figures import Figure
from app.reports.values import value_of

Number = int | float

# Codes of the list REPORT_MEASURE; the first is what a reader who wants one number gets.
_OF = {
    Measure.COUNT: ("NUMBER",), Measure.SHARE: ("SHARE", "NUMERATOR", "DENOMINATOR"),
    Measure.SPREAD: ("MEDIAN", "NINTH_DECILE", "NUMBER"), Measure.MEAN: ("MEAN", "NUMBER"),
}  # fmt: skip
DECIMALS = {"SHARE": 4, "MEAN": 2}


def measures_of(indicator: Indicator) -> tuple[str, ...]:
    """Give the codes of the numbers that an indicator's figures have."""
    return _OF[indicator.measure]


def numbers_of(indicator: Indicator, figure: Figure) -> dict[str, Number | None]:
    """Give each number of a figure; a share from 0 to 1 with four decimals, a mean with two, and None for all of a hidden one."""
    return {code: _rounded(code, _number(code, indicator, figure)) for code in measures_of(indicator)}


def _number(code: str, indicator: Indicator, figure: Figure) -> Number | None:
    if figure.is_hidden:
        return None
    if code in ("NUMBER", "NUMERATOR") and figure.value is None:
        return figure.numerator
    if code == "DENOMINATOR":
        return figure.denominator
    if code == "NINTH_DECILE":
        return figure.ninth
    return value_of(indicator, figure)


def _rounded(code: str, number: Number | None) -> Number | None:
    return number if number is None or code not in DECIMALS else round(number, DECIMALS[code])
