"""Tables of every kind of picture, for tests that draw."""

from __future__ import annotations

from app.codes.areas import reference_organisations
from app.reports.catalogue.indicator import Measure
from app.reports.charts.reading import Kind
from app.reports.figures import Figure, Table
from tests.support.out_figures import figure_of, table_of

QUARTERS = tuple(f"{year}Q{quarter}" for year in (2025, 2026) for quarter in (1, 2, 3))
AGES = ("0-6", "7-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65-")
MUNICIPALITIES = [row.code for row in reference_organisations() if row.kind == "MUNICIPALITY"]


def _hidden_second(figures: list[Figure]) -> list[Figure]:
    second = figures[1]
    return [figures[0], Figure(area=second.area, period=second.period, values=second.values, is_hidden=True), *figures[2:]]


def every_kind() -> dict[Kind, Table]:
    """Give a table of each kind of picture, its second figure hidden."""
    time = [figure_of("092", name, number=100 + 7 * place) for place, name in enumerate(QUARTERS)]
    groups = [figure_of("092", "2026Q3", age, number=40 + 11 * place) for place, age in enumerate(AGES)]
    both = [figure_of("092", name, code, number=30 + 3 * place) for code in ("1", "2") for place, name in enumerate(QUARTERS)]
    crossing = [figure_of("092", "2026Q3", code, age, number=20 + place) for code in ("1", "2") for place, age in enumerate(AGES)]
    areas = [figure_of(code, "2026Q3", number=30 + place, of=500) for place, code in enumerate(MUNICIPALITIES)]
    own = figure_of("092", "2026Q3", number=77, of=500)
    return {
        Kind.TIME: table_of(_hidden_second(time), periods=QUARTERS, area="092"), Kind.GROUPS: table_of(_hidden_second(groups), by=("AGE_GROUP",), area="092"),
        Kind.GROUPS_IN_TIME: table_of(_hidden_second(both), by=("GENDER",), periods=QUARTERS, area="092"),
        Kind.CROSSING: table_of(_hidden_second(crossing), by=("GENDER", "AGE_GROUP"), area="092"),
        Kind.AREAS: table_of([*_hidden_second(areas[:8]), own]),
        Kind.MANY_AREAS: table_of([*_hidden_second([one for one in areas if one.area != "092"]), own], measure=Measure.SHARE),
    }  # fmt: skip
