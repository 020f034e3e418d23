"""An increment gives the facts of a full run, whatever was changed or deleted before it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, event, func, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.db.base import Model
from app.plans.models import IntegrationPlan
from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Kind
from app.reports.computing.all import COMPUTATIONS
from app.reports.models import ReportRun
from app.reports.periods import Length, Period, period_of
from app.reports.snapshot.calculation import Calculation
from app.reports.snapshot.digest import counted_tables, digests
from app.reports.snapshot.run import snapshot
from tests.support.figures import facts, register_of_its_own, working
from tests.support.postgres import Postgres

TODAY = date.today()
QUARTER, MONTH = period_of(TODAY, Length.QUARTER), period_of(TODAY, Length.MONTH)
# Read by computations and no record of one organisation: reference data, the log, and people's names, which no figure tells.
OF_ALL = {"organisation", "audit_event", "ab_user", "report_period", "report_run", "report_fact"}


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def own_app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    server: Postgres | None = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    return register_of_its_own(request.param, tmp_path_factory.mktemp("increment"), server)


@pytest.fixture
def session(own_app: Flask) -> Iterator[Session]:
    with working(own_app) as found:
        yield found


def largest(session: Session) -> str:
    found: str = session.scalars(select(Client.org_id).group_by(Client.org_id).order_by(func.count().desc(), Client.org_id)).first() or ""
    return found


def test_a_second_run_writes_nothing_and_a_full_one_writes_the_same(session: Session) -> None:
    first = snapshot(session, QUARTER, TODAY)
    before = facts(session, QUARTER.id)
    assert len(before) > 100 and first.written == 320
    assert snapshot(session, QUARTER, TODAY).written == 0
    assert snapshot(session, QUARTER, TODAY, is_full=True).written == 320
    assert facts(session, QUARTER.id) == before


def test_a_new_day_writes_every_municipality_with_records_of_a_period_that_runs(session: Session) -> None:
    snapshot(session, QUARTER, TODAY)
    with_records = len(set(digests(session)) & set(session.scalars(select(ReportRun.organisation_id))))
    assert snapshot(session, QUARTER, TODAY + timedelta(days=1)).written == with_records < 320


def test_a_new_day_writes_nothing_of_a_period_that_has_ended(session: Session) -> None:
    ended = QUARTER.previous
    snapshot(session, ended, TODAY)
    assert snapshot(session, ended, TODAY + timedelta(days=1)).written == 0


def test_a_month_holds_no_breakdown(session: Session) -> None:
    snapshot(session, MONTH, TODAY)
    assert {row[2] for row in facts(session, MONTH.id)} == {""}
    assert {row[0] for row in facts(session, MONTH.id)} == {
        row[0] for row in facts(session, QUARTER.id)
    } or QUARTER.starts_on != MONTH.starts_on


@pytest.mark.parametrize("seed", range(3))
def test_after_random_changes_an_increment_gives_what_a_full_run_gives(session: Session, seed: int) -> None:
    chance, periods = random.Random(seed), [QUARTER, QUARTER.previous]
    snapshot(session, periods, TODAY)
    touched = {_change_something(session, chance) for _times in range(chance.randint(1, 6))}
    session.commit()
    done = snapshot(session, periods, TODAY)
    assert done.written == len(touched)
    by_increment = facts(session)
    snapshot(session, periods, TODAY, is_full=True)
    assert facts(session) == by_increment


def _change_something(session: Session, chance: random.Random) -> str:
    """Add, change or delete records of one client; gives the municipality."""
    key, org = chance.choice(
        session.execute(select(Client.id, Client.org_id).where(Client.merged_into_id.is_(None)).order_by(Client.id)).all()
    )
    row = dict(session.execute(select(Client.__table__).where(Client.id == key)).one()._mapping)
    other = f"{chance.getrandbits(128):032x}"
    day = TODAY - timedelta(days=chance.randint(0, 400))
    deeds: list[Any] = [
        update(Client)
        .where(Client.id == key)
        .values(birth_date=day - timedelta(days=9000), gender=chance.choice(["MALE", "FEMALE", None])),
        update(Client).where(Client.id == key).values(relationship_ended=day),
        update(IntegrationPlan).where(IntegrationPlan.org_id == org).values(drawn_up_date=day),
        insert(Client).values(
            **row | {"id": other, "identity_code": None, "identity_code_digest": None, "no_identity_code_reason": "PENDING"}
        ),
        delete(Model.metadata.tables["client_obligation"]).where(Model.metadata.tables["client_obligation"].c.org_id == org),
    ]
    session.execute(chance.choice(deeds).execution_options(synchronize_session=False))
    return str(org)


def test_a_change_of_any_table_that_may_be_counted_is_noticed(session: Session) -> None:
    noticed = []
    for table, owner in counted_tables():
        row = session.execute(select(table).where(table.c[owner].is_not(None)).limit(1)).mappings().first()
        if row is None:
            continue
        before = digests(session, row[owner])[row[owner]]
        _change_one(session, table, row)
        assert digests(session, row[owner])[row[owner]] != before, table.name
        session.rollback()
        noticed.append(table.name)
    assert len(noticed) > 25


def _change_one(session: Session, table: Any, row: Any) -> None:
    """Give a field of a row another value; tries one after another, since the database refuses some."""
    keys = {column.name for column in table.columns if column.primary_key or column.foreign_keys}
    where = [column == row[column.name] for column in table.primary_key.columns]
    for column in (column for column in table.columns if column.name not in keys and isinstance(row[column.name], (bool, int, str, date))):
        value = row[column.name]
        other = (
            not value
            if isinstance(value, bool)
            else value + 1
            if isinstance(value, int)
            else value[::-1]
            if isinstance(value, str)
            else value + timedelta(days=1)
        )
        try:
            session.execute(update(table).where(*where).values({column.name: other}))
        except DBAPIError:
            session.rollback()
        else:
            return
    raise AssertionError(f"nothing of {table.name} could be changed")


def test_every_table_that_a_computation_reads_is_looked_at_for_changes(session: Session) -> None:
    read: set[str] = set()
    engine = session.get_bind()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        read.update(re.findall(r'(?:FROM|JOIN)\s+"?([a-z_]+)"?', statement))

    event.listen(engine, "before_cursor_execute", note)
    try:
        list(Calculation(session, [largest(session)], TODAY).cells_of(QUARTER))
    finally:
        event.remove(engine, "before_cursor_execute", note)
    tables = read & set(Model.metadata.tables)
    assert "client" in tables
    assert tables - {table.name for table, _owner in counted_tables()} - OF_ALL == set()


@pytest.mark.parametrize("key", [key for key in COMPUTATIONS if INDICATORS[key].kind is Kind.STOCK])
def test_a_stock_is_the_same_in_the_month_the_quarter_and_the_year_that_run(session: Session, key: str) -> None:
    calculation = Calculation(session, [largest(session)], TODAY)
    periods: list[Period] = [period_of(TODAY, length) for length in Length]
    found = [calculation.computed(key, period) for period in periods]
    assert found[0] == found[1] == found[2]
