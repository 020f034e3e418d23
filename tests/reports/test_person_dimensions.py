"""Every person has one value of each breakdown, the same as the independent calculation finds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from app.access.actor import system_scope
from app.db.base import db
from app.reports.dimensions import OF_PERSON
from app.reports.subjects import subjects_of
from tests.reports.oracle.dimensions import dims_of
from tests.reports.oracle.people import persons
from tests.reports.oracle.register import Register
from tests.support.app import counted_statements

TODAY = date.today()


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=100), TODAY - timedelta(days=500)])
def test_a_person_is_counted_as_the_definitions_say(sqlite_app: Flask, day: date) -> None:
    with sqlite_app.app_context(), system_scope():
        register = Register(db.session)
        for home in {row["org_id"] for row in persons(register)}:
            found = {key: dict(zip(OF_PERSON, one.values, strict=True)) for key, one in subjects_of(db.session, (home,), day).items()}
            assert found == {row["id"]: dims_of(register, row, day) for row in persons(register) if row["org_id"] == home}


def test_statements_do_not_grow_with_persons(sqlite_app: Flask) -> None:
    with sqlite_app.app_context(), system_scope():
        clients = persons(Register(db.session))
        homes = sorted({row["org_id"] for row in clients}, key=lambda home: sum(row["org_id"] == home for row in clients))
        counts = []
        for home in (homes[0], homes[-1]):
            with counted_statements(sqlite_app) as statements:
                subjects_of(db.session, (home,), TODAY)
            counts.append(len(statements))
    assert counts == [8, 8]
