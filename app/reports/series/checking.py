"""Check each row of a file against the catalogue, the areas and the breakdowns, and give the cells it makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from app.codes.areas import reference_organisations
from app.codes.edition import of_edition
from app.codes.lists import values
from app.reports.areas import COUNTRY, Level
from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Indicator, Measure, Status
from app.reports.dimensions import DIMENSIONS, UNKNOWN
from app.reports.periods import UnknownPeriodError, period_named
from app.reports.series.rows import MUST, Finding, Row

# How registers tell that a figure is not there or may not be shown.
_NOT_THERE = frozenset({"", ".", "..", "..."})
_KINDS = {
    Level.MUNICIPALITY: ("MUNICIPALITY",), Level.EMPLOYMENT_AREA: ("EMPLOYMENT_AREA",), Level.WELLBEING_COUNTY: ("WELLBEING_COUNTY",),
    Level.REGION: ("ECONOMIC_DEVELOPMENT_CENTRE", "ELY_CENTRE"),
}  # fmt: skip
# Statistics write the kind of an area before its code, and the whole country with a code of its own.
_BEFORE, _WHOLE = ("KU", "HVA", "ELY"), "SSS"
_LEVELS: dict[str, Level] = {**{str(level): level for level in Level}, "NATIONAL": Level.COUNTRY}
_LARGEST, _DECIMALS = Decimal(10) ** 13, 10

Key = tuple[str, str, str, str, str, str]


@dataclass
class Checked:
    """Cells by their key (indicator, period, level, area, dimension, value) with the figure as text; how many had none; what stops the file."""

    cells: dict[Key, str] = field(default_factory=dict)
    left_out: int = 0
    findings: list[Finding] = field(default_factory=list)


def check(rows: Iterable[Row]) -> Checked:
    """Check all rows; nothing stops at the first finding."""
    found, numbers = Checked(), dict[Key, int]()
    for row in rows:
        problems = list(_problems(row))
        if problems:
            found.findings += problems
            continue
        key = _key(row)
        if key in numbers:
            found.findings.append(Finding("TWICE", row.number, "figure", {"row": str(numbers[key])}))
            continue
        numbers[key] = row.number
        if row["figure"] in _NOT_THERE:
            found.left_out += 1
        else:
            found.cells[key] = _plain(_number(row["figure"]) or Decimal(0))
    if not numbers and not found.findings:
        found.findings.append(Finding("EMPTY"))
    return found


def _key(row: Row) -> Key:
    level = _level(row["level"]) or Level.COUNTRY
    return row["indicator"], row["period"], level, _area(level, row["area"]) or "", row["breakdown"], row["value"]


def _problems(row: Row) -> Iterator[Finding]:
    missing = [column for column in MUST if column != "figure" and not row[column]]
    if missing:
        yield from (Finding("MISSING", row.number, column) for column in missing)
        return
    indicator = INDICATORS.get(row["indicator"])
    if indicator is None:
        yield Finding("INDICATOR", row.number, "indicator")
        return
    if indicator.status is not Status.EXTERNAL:
        yield Finding("OURS", row.number, "indicator", {"indicator": indicator.id})
    yield from _wrong_place(row)
    yield from _wrong_breakdown(row, indicator)
    if row["figure"] not in _NOT_THERE and (code := _wrong_figure(row["figure"], indicator)):
        yield Finding(code, row.number, "figure")


def _wrong_place(row: Row) -> Iterator[Finding]:
    try:
        period_named(row["period"])
    except UnknownPeriodError:
        yield Finding("PERIOD", row.number, "period")
    level = _level(row["level"])
    if level is None:
        yield Finding("LEVEL", row.number, "level", {"levels": ", ".join(Level)})
    elif _area(level, row["area"]) is None:
        yield Finding("AREA", row.number, "area")


def _wrong_breakdown(row: Row, indicator: Indicator) -> Iterator[Finding]:
    breakdown, value = row["breakdown"], row["value"]
    if breakdown and breakdown not in indicator.dimensions:
        yield Finding(
            "BREAKDOWN", row.number, "breakdown", {"indicator": indicator.id, "breakdowns": ", ".join(indicator.dimensions) or "–"}
        )
    elif bool(breakdown) != bool(value) or (breakdown and value not in _values_of(breakdown)):
        yield Finding("VALUE", row.number, "value")


@of_edition
def _values_of(breakdown: str) -> frozenset[str]:
    dimension = DIMENSIONS[breakdown]
    own = {code for code, _fi, _sv in (*dimension.own, UNKNOWN)}
    return frozenset(own | {value.code for value in values(dimension.codes)}) if dimension.codes else frozenset(own)


def _level(text: str) -> Level | None:
    """Read the name of a level in any case; the national one is the country."""
    return _LEVELS.get(text.upper())


def _area(level: Level, code: str) -> str | None:
    """Give the code of an area as we know it, None for one that the level does not have."""
    if level is Level.COUNTRY:
        return COUNTRY if code in (COUNTRY, _WHOLE) else None
    plain = next((code.removeprefix(before) for before in _BEFORE if code.startswith(before)), code)
    return next((one for one in (code, plain) if one in _codes_of(level)), None)


@of_edition
def _codes_of(level: Level) -> frozenset[str]:
    return frozenset(row.code for row in reference_organisations() if row.kind in _KINDS[level])


def _wrong_figure(text: str, indicator: Indicator) -> str | None:
    number = _number(text)
    if number is None or abs(number) >= _LARGEST:
        return "FIGURE"
    if indicator.measure is not Measure.MEAN and number < 0:
        return "NEGATIVE"
    if indicator.measure is Measure.SHARE and number > 100:
        return "SHARE"
    is_whole = number == number.to_integral_value()
    return None if is_whole or indicator.measure is not Measure.COUNT or indicator.unit == "EUROS" else "WHOLE"


def _number(text: str) -> Decimal | None:
    """Read a number with a decimal comma or point; spaces may stand between thousands."""
    plain = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    is_plain = plain.isascii() and number.is_finite() and -_DECIMALS <= number.adjusted() <= _LARGEST.adjusted()
    return number if is_plain or number == 0 else None


def _plain(number: Decimal) -> str:
    return f"{round(number, _DECIMALS).normalize():f}"
