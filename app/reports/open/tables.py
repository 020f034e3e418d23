"""The tables of the open data: an indicator, whole or by one of its breakdowns, at one level; each is one question to the gate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.reports.areas import Level, area_of
from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Indicator
from app.reports.dimensions import DIMENSIONS
from app.reports.measures import measures_of
from app.reports.out.contents import Labelled, Side, area_labelled, coded, side_of

# The open data are told by the year (reporting.md § 10).
LENGTH = "YEAR"
MEASURE = Labelled("MEASURE", "mittaluku", "mått", "measure")
FOLDERS: dict[str, Level] = {level.value.lower().replace("_", "-"): level for level in reversed(Level)}


@dataclass(frozen=True)
class OpenTable:
    """A table; its name in addresses is that of the indicator and of the breakdowns: `I02`, `I02-GENDER`, `I02-GENDER-AGE_GROUP`."""

    indicator: Indicator
    by: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return "-".join((self.indicator.id, *self.by))

    def title(self, language: str) -> str:
        """Give the name of the indicator and what it is told by."""
        by = ", ".join(DIMENSIONS[key].name_in(language) for key in self.by)
        return f"{self.indicator.id} {self.indicator.text('name', language)}{f' ({by})' if by else ''}"


def open_tables() -> Iterator[OpenTable]:
    """Give the tables of the indicators that everybody may read."""
    for one in INDICATORS.values():
        if one.is_open:
            yield OpenTable(one)
            yield from (OpenTable(one, (key,)) for key in one.dimensions)
            yield from (OpenTable(one, pair) for pair in one.crossings)


def sides_of(table: OpenTable, level: Level, periods: list[str]) -> list[Side]:
    """Give the sides a table has at a level: area, period, breakdowns and measures, with every value each can have."""
    areas = tuple(area_labelled(level, code) for code in sorted(set(area_of(level).values())))
    return [
        Side(Labelled("AREA", "alue", "område", "area"), areas),
        Side(Labelled("PERIOD", "kausi", "period", "period"), tuple(Labelled(name, name, name, name) for name in periods)),
        *(side_of(DIMENSIONS[key]) for key in table.by),
        Side(MEASURE, tuple(coded("REPORT_MEASURE", code) for code in measures_of(table.indicator))),
    ]


def metadata(table: OpenTable, sides: list[Side], language: str) -> dict[str, Any]:
    """Give the title and the variables as the API of PxWeb tells them."""
    variables = [
        {"code": side.name.code, "text": side.name.label_in(language), "values": [one.code for one in side.values],
         "valueTexts": [one.label_in(language) for one in side.values], "elimination": False,
         **({"time": True} if side.name.code == "PERIOD" else {})}
        for side in sides
    ]  # fmt: skip
    return {"title": table.title(language), "variables": variables}
