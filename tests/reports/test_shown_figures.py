"""Figures in words: units, changes, and whether a change is better."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask, g

from app.reports.catalogue.indicator import Direction, Indicator, Kind, Measure, audiences
from app.reports.figures import Figure
from app.reports.periods import period_named
from app.reports.shown import base_text, change_text, decile_text, figure_text, period_text

COUNT = Indicator(id="I99", kind=Kind.STOCK, measure=Measure.COUNT, dimensions=(), audiences=audiences(1, 7), basis="")
SHARE, SPREAD = replace(COUNT, measure=Measure.SHARE), replace(COUNT, measure=Measure.SPREAD, unit="DAYS")


def figure(numerator: int | None = None, denominator: int = 0, **more: Any) -> Figure:
    return Figure(area="092", period="2026Q3", values=(), numerator=numerator, denominator=denominator, **more)


def in_language(app: Flask, language: str, function: Any, *arguments: Any) -> str:
    with app.test_request_context():
        g.spoken = language
        return str(function(*arguments)).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("indicator", "shown", "fi", "sv"),
    [
        (COUNT, figure(1234), "1 234", "1 234"), (COUNT, figure(0), "0", "0"), (SHARE, figure(1, 2), "50 %", "50 %"), (SHARE, figure(1, 40), "2,5 %", "2,5 %"),
        (SHARE, figure(0, 0), "", ""), (SPREAD, figure(3, median=1), "1 päivä", "1 dag"), (SPREAD, figure(2, median=8), "8 päivää", "8 dagar"),
        (COUNT, figure(is_hidden=True), "salattu", "dold"), (COUNT, None, "", ""), (replace(COUNT, measure=Measure.MEAN, unit="STEPS"), figure(2, mean=1.5), "1,5 porrasta", "1,5 steg"),
        (replace(COUNT, unit="EUROS"), figure(2500), "2 500 euroa", "2 500 euro"),
    ],
)  # fmt: skip
def test_a_figure_has_its_unit(sqlite_app: Flask, indicator: Indicator, shown: Figure | None, fi: str, sv: str) -> None:
    assert in_language(sqlite_app, "fi", figure_text, indicator, shown) == fi
    assert in_language(sqlite_app, "sv", figure_text, indicator, shown) == sv


@pytest.mark.parametrize(
    ("indicator", "direction", "new", "old", "fi"),
    [
        (COUNT, Direction.NEITHER, figure(12), figure(10), "+2"), (COUNT, Direction.UP, figure(12), figure(10), "+2, parempi"), (COUNT, Direction.UP, figure(8), figure(10), "−2, huonompi"),
        (COUNT, Direction.DOWN, figure(12), figure(10), "+2, huonompi"), (COUNT, Direction.DOWN, figure(8), figure(10), "−2, parempi"), (COUNT, Direction.UP, figure(10), figure(10), "ei muutosta"),
        (SHARE, Direction.UP, figure(1, 2), figure(1, 4), "+25 %-yksikköä, parempi"), (SHARE, Direction.UP, figure(1, 2), figure(is_hidden=True), ""),
        (COUNT, Direction.UP, figure(1), None, ""), (SHARE, Direction.UP, figure(1, 2), figure(0, 0), ""),
    ],
)  # fmt: skip
def test_a_change_says_in_words_whether_it_is_better(sqlite_app: Flask, indicator: Indicator, direction: Direction, new: Figure, old: Figure | None, fi: str) -> None:
    assert in_language(sqlite_app, "fi", change_text, replace(indicator, direction=direction), new, old) == fi


def test_what_a_figure_rests_on(sqlite_app: Flask) -> None:
    assert in_language(sqlite_app, "sv", base_text, SHARE, figure(3, 12)) == "3 av 12"
    assert in_language(sqlite_app, "fi", base_text, COUNT, figure(3)) == "" == in_language(sqlite_app, "fi", base_text, SHARE, figure(is_hidden=True))
    assert in_language(sqlite_app, "fi", decile_text, SPREAD, figure(10, ninth=40)) == "40 päivää"


@pytest.mark.parametrize(("name", "fi", "sv"), [("2026", "2026", "2026"), ("2026Q3", "3. neljännes 2026", "Kvartal 3/2026"), ("2026-09", "Kuukausi 9/2026", "Månad 9/2026")])
def test_periods_are_named(sqlite_app: Flask, name: str, fi: str, sv: str) -> None:
    assert in_language(sqlite_app, "fi", period_text, period_named(name)) == fi
    assert in_language(sqlite_app, "sv", period_text, period_named(name)) == sv
