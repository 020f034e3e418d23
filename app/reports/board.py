"""Several indicators of one area at once: each in a period, the one before and the same a year ago, and what stands beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from sqlalchemy.orm import Session

from app.organisations.models import organisation_key
from app.reports.areas import COUNTRY, Level, area_of
from app.reports.catalogue.indicator import Indicator
from app.reports.figures import Figure, Question, Table, Viewer
from app.reports.many import many

from app.reports.periods import Closed, Length, Period
from app.reports.similar import similar_to
from app.reports.values import value_of

# In the order they are shown.
SIMILAR, REGION, WHOLE = "SIMILAR", "REGION", "COUNTRY"
# What the areas of a level consist of, when they are told one by one.
PARTS: dict[Level, Level] = {Level.COUNTRY: Level.REGION, Level.REGION: Level.MUNICIPALITY, Level.WELLBEING_COUNTY: Level.MUNICIPALITY}
_STEPS = {Length.YEAR: 1, Length.QUARTER: 4, Length.MONTH: 12}


@dataclass(frozen=True, kw_only=True)
class Line:
    """An indicator of the area: figures where there are some, and the values that it can be held against."""

    indicator: Indicator
    now: Figure | None
    before: Figure | None
    year_ago: Figure | None
    beside: Mapping[str, float | None]

    @property
    def has_figures(self) -> bool:
        """Tell whether anything stands in its row: of the area, hidden or not, or beside it."""
        return any((self.now, self.before, self.year_ago)) or any(value is not None for value in self.beside.values())


@dataclass(frozen=True, kw_only=True)
class Board:
    """The lines of an area in a period; `parts` has the figures of the areas it consists of by area and indicator."""

    lines: tuple[Line, ...]
    parts: Mapping[str, Mapping[str, Figure]]
    cut_off: datetime | None
    completeness: float | None
    is_open: bool


def year_before(period: Period) -> Period:
    """Give the same period a year earlier."""
    for _step in range(_STEPS[period.length]):
        period = period.previous
    return period


def beside(level: Level, area: str) -> dict[str, tuple[Level, str | None]]:
    """Give what figures of an area are held against: the municipalities like it, its region, the country."""
    if level is Level.COUNTRY:
        return {}
    found: dict[str, tuple[Level, str | None]] = {}
    if level is Level.MUNICIPALITY:
        if similar_to(area):
            found[SIMILAR] = (Level.MUNICIPALITY, None)
        if region := area_of(Level.REGION).get(organisation_key("MUNICIPALITY", area)):
            found[REGION] = (Level.REGION, region)
    return {**found, WHOLE: (Level.COUNTRY, COUNTRY)}


def value_beside(kind: str, area: str, indicator: Indicator, table: Table) -> float | None:
    """Give the value that a table of `beside` holds; of similar municipalities the median of those that have one."""
    if kind != SIMILAR:
        return value_of(indicator, table.figures[0]) if table.figures else None
    values = [value for one in table.figures if one.area in similar_to(area) and (value := value_of(indicator, one)) is not None]
    return median(values) if values else None


def board_of(
    session: Session,
    viewer: Viewer,
    indicators: Sequence[Indicator],
    level: Level,
    area: str,
    period: Period,
    in_parts: Collection[str] = (),
    closed: Sequence[Closed] | None = None,
) -> Board:
    """Give the board of an area; `in_parts` names the indicators that are also told of the areas it consists of."""
    periods = tuple(dict.fromkeys(one.id for one in (period, period.previous, year_before(period))))
    held = beside(level, area)
    asked = {
        # What the page rests on is that of its own period.
        ("basis", 0): Question(indicators[0].id, level, (period.id,), area),
        **{("own", at): Question(one.id, level, periods, area) for at, one in enumerate(indicators)},
        **{(kind, at): Question(one.id, where, (period.id,), which) for kind, (where, which) in held.items() for at, one in enumerate(indicators)},
        **{("parts", at): Question(one.id, PARTS[level], (period.id,)) for at, one in enumerate(indicators) if one.id in in_parts and level in PARTS},
    }  # fmt: skip
    found = dict(zip(asked, many(session, viewer, [*asked.values()], [asked["basis", 0]], closed), strict=True))
    lines = []
    for at, indicator in enumerate(indicators):
        by_period = {one.period: one for one in found["own", at].figures}
        now, before, year_ago = (by_period.get(one.id) for one in (period, period.previous, year_before(period)))
        values = {kind: value_beside(kind, area, indicator, found[kind, at]) for kind in held}
        lines.append(Line(indicator=indicator, now=now, before=before, year_ago=year_ago, beside=values))
    basis = found["basis", 0]
    parts = [table for (kind, _at), table in found.items() if kind == "parts"]
    return Board(
        lines=tuple(lines),
        parts=_parts(level, area, parts),
        cut_off=basis.cut_off,
        completeness=basis.completeness,
        is_open=bool(basis.open_periods and basis.figures),
    )


def _parts(level: Level, area: str, tables: Iterable[Table]) -> dict[str, dict[str, Figure]]:
    """Give the figures of the parts of an area by part and indicator."""
    made: dict[str, dict[str, Figure]] = {}
    inside = parts_of(level, area)
    for table in tables:
        for one in table.figures:
            if one.area in inside:
                made.setdefault(one.area, {})[table.indicator.id] = one
    return made


def parts_of(level: Level, area: str) -> frozenset[str]:
    """Give the codes of the areas that an area consists of."""
    part = PARTS.get(level)
    if part is None:
        return frozenset()
    whole_of = area_of(level)
    return frozenset(code for key, code in area_of(part).items() if whole_of.get(key) == area)
