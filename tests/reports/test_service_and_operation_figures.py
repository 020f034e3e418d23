"""The figures of services, children and operation are what a calculation by hand finds among invented clients, in whole and in each breakdown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest
from flask import Flask

from app.access.actor import system_scope
from app.db.base import db
from app.demo.examinations import load_examinations
from app.reports.catalogue.all import INDICATORS
from app.reports.computing.all import COMPUTATIONS
from app.reports.computing.question import Question
from app.reports.observation import Subject, cells
from app.reports.periods import Length, Period, period_of
from app.reports.subjects import subjects_of
from tests.reports.oracle import operation, services
from tests.reports.oracle.cells import Sum, sums_of
from tests.reports.oracle.register import Register
from tests.support.app import make_app, prepare

TODAY = date.today()
QUARTER, YEAR = period_of(TODAY, Length.QUARTER), period_of(TODAY, Length.YEAR)
ORACLES = {**services.ORACLES, **operation.ORACLES}


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    app: Flask = make_app(tmp_path_factory.mktemp("operation"))
    prepare(app, 500)
    with app.app_context(), system_scope():
        load_examinations(db.session, TODAY)
        yield Register(db.session)


@cache
def subjects(home: str, day: date) -> dict[str, Subject]:
    return subjects_of(db.session, (home,), day)


def homes(register: Register) -> set[str]:
    """Give the municipalities that have anything: clients, rights or findings of the log."""
    kinds = {row["id"]: row["kind"] for row in register.rows("organisation")}
    rows = [row["org_id"] for row in register.rows("client")] + [row["organisation_id"] for row in register.rows("access_grant")]
    return {home for home in rows if kinds[home] == "MUNICIPALITY"}


def computed(register: Register, indicator: str, period: Period) -> dict[tuple[str, str, str], Sum]:
    found, day = {}, min(period.ends_on, TODAY)
    for home in homes(register):
        asked = Question(db.session, (home,), period, day, subjects(home, day))
        for key, cell in cells(INDICATORS[indicator], COMPUTATIONS[indicator](asked)).get(home, {}).items():
            found[home, *key] = Sum(cell.numerator, cell.denominator, cell.spread)
    return found


@pytest.mark.parametrize("period", [QUARTER, QUARTER.previous, YEAR, YEAR.previous], ids=lambda one: one.id)
@pytest.mark.parametrize("indicator", sorted(ORACLES))
def test_figures_are_as_by_hand(register: Register, indicator: str, period: Period) -> None:
    found = {key: cell for key, cell in computed(register, indicator, period).items() if "*" not in key[1]}
    wanted: Any = sums_of(ORACLES[indicator](register, period, min(period.ends_on, TODAY)), INDICATORS[indicator].dimensions)
    assert found == wanted


@pytest.mark.parametrize("indicator", sorted(ORACLES))
def test_no_figure_of_a_year_is_empty(register: Register, indicator: str) -> None:
    whole = [cell for (_home, dimension, _value), cell in computed(register, indicator, YEAR).items() if not dimension]
    assert sum(cell.numerator for cell in whole) > 0
