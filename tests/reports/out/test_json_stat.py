"""JSON-stat: the format's own rules, every cell in its place, and a symbol wherever there is no number."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from flask import Flask

from app.reports.catalogue.indicator import Measure
from app.reports.figures import Table
from app.reports.out.contents import contents_of
from app.reports.out.forms import FORMS
from tests.support.out_figures import figure_of, table_of
from tests.support.json_stat import faults_of


@pytest.fixture(autouse=True)
def in_context(sqlite_app: Flask) -> Iterator[None]:
    with sqlite_app.app_context():
        yield


CROSSED = table_of(
    [figure_of("092", "2026Q2", "2", "25-34", number=9, of=10), figure_of("091", "2026Q2", "1", "65-"), figure_of("091", "2026Q3", "1", "25-34", number=2, of=4)],
    measure=Measure.SHARE, by=("GENDER", "AGE_GROUP"), periods=("2026Q1", "2026Q2", "2026Q3", "2026Q4"), open_periods=("2026Q3", "2026Q4"),
)  # fmt: skip
TABLES = {
    "whole": table_of([figure_of("092", "2026Q3", number=4)]), "one area, nothing": table_of([], area="092"), "nothing at all": table_of([]), "crossed": CROSSED,
    "spread": table_of([figure_of("092", "2026Q3", number=4, median=2, ninth=2)], measure=Measure.SPREAD),
}  # fmt: skip


def dataset(table: Table, language: str = "fi") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FORMS["json-stat"].write(contents_of(table), language))
    return found


def cells(found: dict[str, Any]) -> dict[tuple[str, ...], tuple[Any, str | None]]:
    keys = product(*(found["dimension"][name]["category"]["index"] for name in found["id"]))
    return {key: (found["value"][place], found.get("status", {}).get(str(place))) for place, key in enumerate(keys)}


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("name", TABLES)
def test_the_rules_of_the_format_hold(name: str, language: str) -> None:
    assert faults_of(dataset(TABLES[name], language)) == []


@pytest.mark.parametrize(
    ("part", "value"), [("size", [1, 1, 1, 1, 1]), ("class", "collection"), ("role", {"time": ["YEAR"]}), ("value", [0.5])]
)
def test_the_check_of_the_rules_finds_what_is_wrong(part: str, value: Any) -> None:
    assert faults_of(dataset(CROSSED) | {part: value}) != []


def test_each_cell_has_its_number_or_its_symbol() -> None:
    found = cells(dataset(CROSSED))
    assert found["092", "2026Q2", "2", "25-34", "SHARE"] == (0.9, None) and found["092", "2026Q2", "2", "25-34", "DENOMINATOR"] == (
        10,
        None,
    )
    assert {found["091", "2026Q2", "1", "65-", measure] for measure in ("SHARE", "NUMERATOR", "DENOMINATOR")} == {(None, "..")}
    assert found["091", "2026Q3", "1", "25-34", "NUMERATOR"] == (2, "*")
    # Nothing was counted in a closed period; of an open one without any figure nothing is known.
    assert found["092", "2026Q1", "2", "65-", "NUMERATOR"] == (None, "-") and found["092", "2026Q4", "2", "65-", "NUMERATOR"] == (
        None,
        "...",
    )
    assert sum(number is not None for number, _symbol in found.values()) == 6


@pytest.mark.parametrize(("language", "area", "symbol"), [("fi", "Vantaa", "ei yhtään tapausta"), ("sv", "Vanda", "inga fall")])
def test_labels_and_the_legend_are_in_the_language_asked(language: str, area: str, symbol: str) -> None:
    found = dataset(CROSSED, language)
    assert found["dimension"]["AREA"]["category"]["label"]["092"] == area and found["extension"]["status"]["-"] == symbol
    assert found["role"] == {"time": ["PERIOD"], "geo": ["AREA"], "metric": ["MEASURE"]}
    assert found["dimension"]["GENDER"]["category"]["index"] == ["1", "2"] and found["dimension"]["AGE_GROUP"]["category"]["index"] == [
        "25-34",
        "65-",
    ]
    assert (found["extension"]["cut_off"], found["extension"]["completeness"], found["extension"]["definition"]["version"]) == (
        "2026-10-05T03:00:00+00:00",
        0.875,
        1,
    )
