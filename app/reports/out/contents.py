"""A table as every form of a file needs it: what stands on its sides, with the labels of each value, and what each cell holds or why it holds nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

from app.codes.lists import label, values
from app.reports.areas import Level
from app.reports.dimensions import DIMENSIONS, UNKNOWN, Dimension
from app.reports.figures import Figure, Table
from app.reports.measures import Number, measures_of, numbers_of
from app.reports.periods import Period, period_named
from app.reports.values import area_name

LANGUAGES = ("fi", "sv", "en")
# Code of the list REPORT_CELL → the symbol that stands where the number would, or beside it.
SYMBOLS = {"HIDDEN": "..", "NONE": "-", "MISSING": "...", "PRELIMINARY": "*"}


@dataclass(frozen=True)
class Labelled:
    """A code and its labels in Finnish, Swedish and English."""

    code: str
    fi: str
    sv: str
    en: str

    def label_in(self, language: str) -> str:
        """Give the label in `fi`, `sv` or `en`."""
        return {"fi": self.fi, "sv": self.sv}.get(language, self.en)


@dataclass(frozen=True)
class Side:
    """What figures are told by: the area, the period or a breakdown; `values` in the order they are shown."""

    name: Labelled
    values: tuple[Labelled, ...]


@dataclass(frozen=True)
class Cell:
    """The numbers by measure, all None where `state`, a code of REPORT_CELL, tells why; a preliminary figure has both."""

    numbers: Mapping[str, Number | None]
    state: str | None = None

    @property
    def symbol(self) -> str:
        return SYMBOLS[self.state] if self.state else ""


def coded(list_name: str, code: str) -> Labelled:
    """Give a code of a list with its labels."""
    return Labelled(code, *(label(list_name, code, language) for language in LANGUAGES))


def area_labelled(level: Level, code: str, on: date | None = None) -> Labelled:
    """Give an area of a day with its names; none has an English form, and the Finnish one stands for it."""
    fi = area_name(level, code, "fi", on)
    return Labelled(code, fi, area_name(level, code, "sv", on), fi)


def side_of(dimension: Dimension, found: Iterable[str] | None = None) -> Side:
    """Give a breakdown with the values found, or with all it can have, in its own order and what is not known last."""
    declared = [*([value.code for value in values(dimension.codes)] if dimension.codes else ()), *(code for code, _fi, _sv in dimension.own)]
    order = {code: place for place, code in enumerate(dict.fromkeys((*declared, UNKNOWN[0])))}
    codes = order if found is None else sorted(set(found), key=lambda code: (order.get(code, len(order)), code))
    english = dimension.key.lower().replace("_", " ")
    return Side(
        Labelled(dimension.key, dimension.name_in("fi"), dimension.name_in("sv"), english), tuple(_value(dimension, code) for code in codes)
    )


def _value(dimension: Dimension, code: str) -> Labelled:
    english = "not known" if code == UNKNOWN[0] else label(dimension.codes, code, "en") if dimension.codes else code
    return Labelled(code, dimension.label_of(code, "fi"), dimension.label_of(code, "sv"), english)


@dataclass(frozen=True)
class Contents:
    """The sides in their order (area, period, breakdowns), the measures, and the cells that hold something by the codes of their sides."""

    table: Table
    sides: tuple[Side, ...]
    measures: tuple[Labelled, ...]
    cells: Mapping[tuple[str, ...], Cell]

    def whole(self) -> Iterator[tuple[tuple[str, ...], Cell]]:
        """Give every cell in the order of the sides, also those that hold nothing."""
        with_figures = {key[1] for key in self.cells}
        empty = dict.fromkeys(measures_of(self.table.indicator))
        for key in product(*([one.code for one in side.values] for side in self.sides)):
            # Nothing counted and nothing known yet are not the same.
            nothing = "MISSING" if key[1] in self.table.open_periods and key[1] not in with_figures else "NONE"
            yield key, self.cells.get(key) or Cell(empty, nothing)

    def period(self, key: tuple[str, ...]) -> Period:
        """Give the period of a cell."""
        return period_named(key[1])

    def cut_off(self) -> date | None:
        """Give the day that the oldest of the figures is of."""
        return self.table.cut_off.date() if self.table.cut_off else None


def contents_of(table: Table) -> Contents:
    """Give what a table holds; a breakdown has the values that it has figures of."""
    question = table.question
    areas = sorted({one.area for one in table.figures} | ({question.area} if question.area else set()))
    found = [{one.values[place] for one in table.figures if len(one.values) > place} for place in range(len(question.by))]
    sides = (
        Side(Labelled("AREA", "alue", "område", "area"), tuple(area_labelled(question.level, code, question.areas_on) for code in areas)),
        Side(Labelled("PERIOD", "kausi", "period", "period"), tuple(Labelled(name, name, name, name) for name in question.periods)),
        *(side_of(DIMENSIONS[key], codes) for key, codes in zip(question.by, found, strict=True)),
    )
    measures = tuple(coded("REPORT_MEASURE", code) for code in measures_of(table.indicator))
    return Contents(table, sides, measures, {(one.area, one.period, *one.values): _cell(table, one) for one in table.figures})


def _cell(table: Table, figure: Figure) -> Cell:
    state = "HIDDEN" if figure.is_hidden else "PRELIMINARY" if figure.period in table.open_periods else None
    return Cell(numbers_of(table.indicator, figure), state)
