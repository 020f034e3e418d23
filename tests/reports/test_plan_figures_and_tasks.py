"""The figures of plans say what the workers' own time limits say today, and cost the same in a large municipality as in a small one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from app.access.actor import system_scope
from app.clients.models import Client
from app.db.base import db
from app.obligations.derive import Row, rows_of
from app.obligations.facts import facts_of_clients
from app.obligations.rules import MAXIMA, state_on
from app.reports.computing.all import COMPUTATIONS
from app.reports.computing.question import Question
from app.reports.periods import Length, period_of
from app.reports.subjects import subjects_of
from tests.reports.oracle.people import persons
from tests.reports.oracle.plans import ORACLES
from tests.reports.oracle.register import Register
from tests.support.app import counted_statements

TODAY = date.today()


def stands(row: Row) -> str:
    return state_on(row["state"], row["kind"], row["due_on"], TODAY)


def sums(home: str, indicator: str, length: Length = Length.QUARTER) -> tuple[int, int]:
    asked = Question(db.session, (home,), period_of(TODAY, length), TODAY, subjects_of(db.session, (home,), TODAY))
    found = [one for one in COMPUTATIONS[indicator](asked) if one.only is None or "" in one.only]
    return sum(one.numerator for one in found), sum(one.denominator for one in found)


@pytest.fixture
def homes(sqlite_app: Flask) -> Iterator[dict[str, dict[str, list[Row]]]]:
    """The time limits of every client with a plan in force, as their worker sees them today, by municipality."""
    with sqlite_app.app_context(), system_scope():
        found: dict[str, dict[str, list[Row]]] = {}
        for key, known in facts_of_clients(db.session, list(db.session.scalars(db.select(Client.id)))).items():
            found.setdefault(known.org_id, {})[key] = rows_of(known, TODAY)
        yield found


def valid_plans(home: str) -> dict[str, str]:
    statement = "SELECT client_id, id, status FROM integration_plan WHERE status IN ('IN_FORCE','EXTENDED','INTERRUPTED','STUDIES_ONLY') AND org_id = :home"
    return {row.client_id: row.status for row in db.session.execute(db.text(statement), {"home": home})}


def test_reviews_are_late_where_the_task_is(homes: dict[str, dict[str, list[Row]]]) -> None:
    total = 0
    for home, limits in homes.items():
        plans = valid_plans(home)
        late = {key for key in plans for row in limits[key] if row["rule"] == "R07" and stands(row) == "OVERDUE"}
        assert sums(home, "I25")[0] == len(late) and sums(home, "I24") == (len(plans) - len(late), len(plans)), home
        total += len(late)
    assert total > 0


def test_a_maximum_is_near_where_the_limit_that_holds_is(homes: dict[str, dict[str, list[Row]]]) -> None:
    total = 0
    for home, limits in homes.items():
        plans = {key: status for key, status in valid_plans(home).items() if status != "STUDIES_ONLY"}
        last = {key: max(row["due_on"] for row in limits[key] if row["rule"] in MAXIMA and row["state"] == "OPEN") for key in plans}
        near = [key for key, day in last.items() if (day - TODAY).days < 90]
        assert sums(home, "I28")[0] == len(near), home
        total += len(near)
    assert total > 0


def test_referrals_are_in_time_where_the_task_was_done_by_its_day(homes: dict[str, dict[str, list[Row]]]) -> None:
    year, total = period_of(TODAY, Length.YEAR), 0
    for home, limits in homes.items():
        told = [
            row
            for rows in limits.values()
            for row in rows
            if row["rule"] == "R06" and year.starts_on <= row["due_on"] < TODAY and row["state"] != "LAPSED"
        ]
        is_late = [row for row in told if stands(row) == "OVERDUE"]
        met, all_of = sums(home, "I23", Length.YEAR)
        # A task that was done late is done all the same; the figure knows that it was late.
        assert all_of >= len(told) and met <= len(told) - len(is_late), home
        total += len(told)
    assert total > 10


@pytest.mark.parametrize("indicator", sorted(ORACLES))
def test_statements_do_not_grow_with_clients(sqlite_app: Flask, indicator: str) -> None:
    with sqlite_app.app_context(), system_scope():
        clients = persons(Register(db.session))
        homes = sorted({row["org_id"] for row in clients}, key=lambda home: sum(row["org_id"] == home for row in clients))
        day, counts = TODAY, []
        for home in (homes[0], homes[-1]):
            asked = Question(db.session, (home,), period_of(day, Length.YEAR), day, subjects_of(db.session, (home,), day))
            with counted_statements(sqlite_app) as statements:
                list(COMPUTATIONS[indicator](asked))
            counts.append(len(statements))
    assert max(counts) <= 2
