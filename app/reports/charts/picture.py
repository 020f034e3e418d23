"""All that a picture shows, as plain values: what is drawn is decided here and nowhere after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from flask_babel import gettext as _

from app.reports.catalogue.indicator import Indicator, Measure
from app.reports.charts.finding import finding_of
from app.reports.charts.reading import Kind, Row, kind_of, rows_of
from app.reports.charts.words import figure_text, place_text
from app.reports.figures import Table

# Of many areas the largest are drawn one by one.
_LARGEST = 10


@dataclass(frozen=True)
class Mark:
    """A figure as it is drawn: `value` is None where nothing is, and `text` stands beside it."""

    label: str
    value: float | None
    text: str
    panel: str = ""
    is_hidden: bool = False
    is_own: bool = False
    is_open: bool = False


@dataclass(frozen=True)
class Picture:
    """Marks with the places and texts of an axis from nothing to the greatest of them; `middle` is the quartiles of many areas."""

    kind: Kind
    language: str
    title: str
    finding: str
    what: str
    marks: tuple[Mark, ...]
    axis: tuple[tuple[float, str], ...]
    middle: tuple[float, ...] = ()
    middle_text: str = ""

    @property
    def alt(self) -> str:
        """Give what a reader hears in place of the picture."""
        return f"{self.finding} {self.what}"

    @property
    def most(self) -> float:
        return self.axis[-1][0]


def picture_of(table: Table, language: str, own: str | None = None) -> Picture:
    """Give the picture of a table in the language that is spoken."""
    kind, rows = kind_of(table), rows_of(table, language, own)
    marks = _largest(rows) if kind is Kind.MANY_AREAS and table.indicator.measure is Measure.COUNT else rows
    is_strip = kind is Kind.MANY_AREAS and marks is rows
    middle = _quartiles([row.value for row in rows if row.value is not None]) if is_strip else ()
    return Picture(
        kind=Kind.AREAS if kind is Kind.MANY_AREAS and not is_strip else kind, language=language, title=table.indicator.text("name", language),
        finding=finding_of(table, language, own), what=_what(kind),
        marks=tuple(Mark(row.label, row.value, row.text, row.panel, row.is_hidden, row.is_own, row.is_open) for row in marks),
        axis=_axis(table.indicator, max((row.value or 0 for row in marks), default=0)), middle=middle,
        middle_text=_("median %(figure)s", figure=figure_text(table.indicator, middle[1])) if middle else "",
    )  # fmt: skip


def _what(kind: Kind) -> str:
    return {
        Kind.NOTHING: "", Kind.TIME: _("Line chart over time."), Kind.GROUPS: _("Bar chart of groups."),
        Kind.GROUPS_IN_TIME: _("Line charts over time, one for each group."), Kind.AREAS: _("Bar chart of areas."),
        Kind.MANY_AREAS: _("Chart of all areas."), Kind.CROSSING: _("Bar charts of groups, side by side."),
    }[kind]  # fmt: skip


def _largest(rows: list[Row]) -> list[Row]:
    shown = [row for row in rows if row.value is not None]
    return [*shown[:_LARGEST], *(row for row in rows if row.is_own and row not in shown[:_LARGEST])]


def _quartiles(values: list[float]) -> tuple[float, ...]:
    ordered = sorted(values)
    return tuple(ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.25, 0.5, 0.75)) if ordered else ()


def _axis(indicator: Indicator, most: float) -> tuple[tuple[float, str], ...]:
    """Give four or so round places from nothing to at least the greatest value."""
    is_share = indicator.measure is Measure.SHARE
    # Of persons and days no axis tells a half.
    step = _round_step(most / 4) if is_share and most else max(1.0, _round_step(max(most, 1) / 4, (1, 2, 5, 10)))
    return tuple((place, place_text(indicator, place)) for place in _places(most, step))


def round_places(most: float) -> list[float]:
    """Give four or so whole and round places from nothing to at least `most`."""
    return _places(most, max(1.0, _round_step(max(most, 1) / 4, (1, 2, 5, 10))))


def _places(most: float, step: float) -> list[float]:
    places = [0.0]
    while places[-1] < most - step / 1000:
        places.append(round(places[-1] + step, 6))
    return places if len(places) > 1 else [*places, step]


def _round_step(least: float, times: Sequence[float] = (1, 2, 2.5, 5, 10)) -> float:
    size = 10.0 ** floor(log10(least))
    return next(size * number for number in times if size * number >= least * 0.999)
