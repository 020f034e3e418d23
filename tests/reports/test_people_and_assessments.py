"""The figures of persons and assessments are those of the independent calculation, in every breakdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

import pytest
from flask import Flask

from app.access.actor import system_scope
from app.db.base import db
from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Status
from app.reports.computing import assessments, people
from app.reports.computing.question import Question
from app.reports.dimensions import CROSS
from app.reports.observation import Cell, Subject, cells
from app.reports.periods import Length, Period, period_of
from app.reports.subjects import subjects_of
from tests.reports.oracle import assessments as assessments_alone
from tests.reports.oracle import people as people_alone
from tests.reports.oracle import plans as plans_alone
from tests.reports.oracle.register import Register, Seen
from tests.support.app import counted_statements

TODAY = date.today()
COMPUTED = {**people.COMPUTATIONS, **assessments.COMPUTATIONS}
ORACLES = {"I02": plans_alone.integration_clients, **people_alone.ORACLES, **assessments_alone.ORACLES}
THIS_YEAR = period_of(TODAY, Length.YEAR)
PERIODS = [period_of(TODAY, Length.QUARTER).previous, THIS_YEAR]


@pytest.fixture(scope="module")
def register(sqlite_app: Flask) -> Iterator[Register]:
    with sqlite_app.app_context(), system_scope():
        yield Register(db.session)
        db.session.rollback()


@cache
def subjects(home: str, day: date) -> dict[str, Subject]:
    return subjects_of(db.session, (home,), day)


Sums = dict[tuple[str, str], tuple[int, int, Counter[int]]]


def test_every_computed_indicator_of_the_families_has_both() -> None:
    declared = {one.id for one in INDICATORS.values() if one.id < "I19" and one.status is Status.COMPUTED}
    assert set(COMPUTED) == set(ORACLES) == declared


def sums(indicator: str, found: Iterable[Seen]) -> Sums:
    """Sum what was seen by every breakdown the indicator has."""
    made: dict[tuple[str, str], list[Seen]] = {}
    for one in found:
        keys = [("", ""), *((name, one.values.get(name, "UNKNOWN")) for name in INDICATORS[indicator].dimensions)]
        for pair in INDICATORS[indicator].crossings:
            keys.append((CROSS.join(pair), CROSS.join(one.values.get(name, "UNKNOWN") for name in pair)))
        for key in keys:
            made.setdefault(key, []).append(one)
    return {
        key: (
            sum(one.numerator for one in rows),
            sum(one.denominator for one in rows),
            Counter(one.amount for one in rows if one.amount is not None),
        )
        for key, rows in made.items()
    }


def computed(home: str, period: Period, indicator: str) -> Sums:
    day = min(period.ends_on, TODAY)
    asked = Question(db.session, (home,), period, day, subjects(home, day))
    made: dict[tuple[str, str], Cell] = cells(INDICATORS[indicator], COMPUTED[indicator](asked)).get(home, {})
    return {key: (cell.numerator, cell.denominator, cell.spread) for key, cell in made.items()}


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: period.id)
@pytest.mark.parametrize("indicator", sorted(COMPUTED))
def test_a_figure_is_the_same_calculated_in_another_way(register: Register, indicator: str, period: Period) -> None:
    found: dict[str, list[Seen]] = {}
    for one in ORACLES[indicator](register, period, min(period.ends_on, TODAY)):
        found.setdefault(one.organisation_id, []).append(one)
    for home in {row["org_id"] for row in people_alone.persons(register)}:
        assert computed(home, period, indicator) == sums(indicator, found.get(home, []))
    # The ways of invented clients are too short for the limit to be near.
    assert found or period is not THIS_YEAR or indicator == "I18"


@pytest.mark.parametrize("indicator", sorted(COMPUTED))
def test_statements_are_two_at_most(sqlite_app: Flask, register: Register, indicator: str) -> None:
    home = people_alone.persons(register)[0]["org_id"]
    asked = Question(db.session, (home,), THIS_YEAR, TODAY, subjects(home, TODAY))
    with counted_statements(sqlite_app) as statements:
        list(COMPUTED[indicator](asked))
    assert 1 <= len(statements) <= 2
