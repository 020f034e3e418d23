"""The figures of plans are what a calculation by hand finds among invented clients, in whole and in each breakdown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from app.access.actor import system_scope
from app.db.base import db
from app.reports.catalogue.all import INDICATORS
from app.reports.computing.all import COMPUTATIONS
from app.reports.computing.question import Question
from app.reports.observation import cells
from app.reports.periods import Length, Period, period_of
from app.reports.subjects import subjects_of
from tests.support.figures import register_of_its_own
from tests.reports.oracle.cells import Sum, sums_of
from tests.reports.oracle.people import persons
from tests.reports.oracle.plans import ORACLES
from tests.reports.oracle.register import Register

TODAY = date.today()
# Crossed breakdowns are counted by hand where people are.
ALONE = sorted(key for key in ORACLES if not INDICATORS[key].crossings)
PERIODS = [
    period_of(TODAY, Length.QUARTER),
    period_of(TODAY, Length.QUARTER).previous,
    period_of(TODAY, Length.YEAR),
    period_of(TODAY, Length.YEAR).previous,
]


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """A register that no other test writes odd plans into."""
    app = register_of_its_own("sqlite", tmp_path_factory.mktemp("plans"), None)
    with app.app_context(), system_scope():
        yield Register(db.session)


def computed(register: Register, indicator: str, period: Period) -> dict[tuple[str, str, str], Sum]:
    found = {}
    day = min(period.ends_on, TODAY)
    for home in {row["org_id"] for row in persons(register)}:
        asked = Question(db.session, (home,), period, day, subjects_of(db.session, (home,), day))
        for key, cell in cells(INDICATORS[indicator], COMPUTATIONS[indicator](asked)).get(home, {}).items():
            found[home, *key] = Sum(cell.numerator, cell.denominator, cell.spread)
    return found


@pytest.mark.parametrize("period", PERIODS, ids=lambda one: one.id)
@pytest.mark.parametrize("indicator", ALONE)
def test_figures_are_as_by_hand(register: Register, indicator: str, period: Period) -> None:
    found = computed(register, indicator, period)
    wanted: Any = sums_of(ORACLES[indicator](register, period, min(period.ends_on, TODAY)), INDICATORS[indicator].dimensions)
    assert found == wanted


@pytest.mark.parametrize("indicator", ALONE)
def test_no_figure_of_a_year_is_empty(register: Register, indicator: str) -> None:
    whole = [cell for (_home, dimension, _value), cell in computed(register, indicator, PERIODS[2]).items() if not dimension]
    assert sum(cell.numerator for cell in whole) > 0
