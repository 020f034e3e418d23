"""Facts that are not what the records give are found, and told without any person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.db.types import now
from app.reports.models import ReportFact, ReportPeriod
from app.reports.periods import Length, period_of
from app.reports.replica import reading
from app.reports.snapshot.check import check_sample
from app.reports.snapshot.run import snapshot
from tests.support.app import make_app
from tests.support.figures import facts, register_of_its_own, working
from tests.support.postgres import Postgres

TODAY = date.today()
QUARTER = period_of(TODAY, Length.QUARTER)


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def own_app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    server: Postgres | None = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    return register_of_its_own(request.param, tmp_path_factory.mktemp("check"), server, 30)


@pytest.fixture
def session(own_app: Flask) -> Iterator[Session]:
    with working(own_app) as found:
        snapshot(found, QUARTER, TODAY, is_full=True)
        yield found


def a_fact(session: Session) -> ReportFact:
    return session.scalars(select(ReportFact).where(ReportFact.indicator == "I01", ReportFact.dimension == "GENDER").limit(1)).one()


def test_nothing_differs_after_a_snapshot(session: Session) -> None:
    found = check_sample(session, TODAY, None)
    assert found.compared > 0 and found.differences == () and found.passed_over == 0


def test_a_cell_that_was_changed_added_or_lost_is_found(session: Session) -> None:
    # Kept beside the row, which the deeds below take away.
    org_id, value = a_fact(session).organisation_id, a_fact(session).value
    same = [ReportFact.organisation_id == org_id, ReportFact.indicator == "I01", ReportFact.dimension == "GENDER", ReportFact.value == value]
    for deed in (
        update(ReportFact).where(*same).values(numerator=77),
        update(ReportFact).where(*same).values(value="X"),
        delete(ReportFact).where(*same),
    ):
        session.execute(deed.execution_options(synchronize_session=False))
        found = check_sample(session, TODAY, None)
        assert [(one.organisation_id, one.indicator, one.period_id) for one in found.differences] == [(org_id, "I01", QUARTER.id)]
        session.rollback()


def test_records_that_changed_since_are_no_difference(session: Session) -> None:
    org_id = session.scalars(select(Client.org_id).order_by(Client.id)).first()
    session.execute(update(Client).where(Client.org_id == org_id).values(birth_date=date(1950, 1, 1)))
    found = check_sample(session, TODAY, None)
    assert found.differences == () and found.passed_over == 1
    session.rollback()


def test_closed_periods_are_not_compared(session: Session) -> None:
    session.execute(update(ReportFact).values(numerator=77))
    session.execute(update(ReportPeriod).values(closed_at=now()))
    assert check_sample(session, TODAY, None).compared == 0
    session.rollback()


def test_the_command_tells_what_differs_and_ends_with_one(own_app: Flask, session: Session) -> None:
    runner = own_app.test_cli_runner()
    assert runner.invoke(args=["reports", "check"]).exit_code == 0
    session.execute(update(ReportFact).where(ReportFact.indicator == "I01").values(numerator=ReportFact.numerator + 1))
    session.commit()
    holders = session.scalar(select(func.count(ReportFact.organisation_id.distinct())).where(ReportFact.indicator == "I01"))
    told = runner.invoke(args=["reports", "check"])
    assert told.exit_code == 1 and "I01" in told.output and f"differences: {holders}" in told.output


def test_the_command_compares_as_many_municipalities_as_it_is_told(own_app: Flask, session: Session) -> None:
    # Whichever is drawn by lot, it has facts, and all of them are wrong.
    session.execute(update(ReportFact).values(numerator=ReportFact.numerator + 1))
    session.commit()
    runner = own_app.test_cli_runner()
    one, every = (runner.invoke(args=["reports", "check", *beside]) for beside in (["--municipalities", "1"], []))
    assert one.exit_code == every.exit_code == 1
    compared = [int(told.output.split("compared: ")[1].split()[0].rstrip(",")) for told in (one, every)]
    assert 0 < compared[0] < compared[1]


def test_figures_are_read_from_the_copy_when_there_is_one(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> None:
    first, second = (register_of_its_own("postgresql", tmp_path_factory.mktemp("copy"), postgres, 30) for _number in range(2))
    with working(second) as session:
        snapshot(session, QUARTER, TODAY)
        kept = facts(session)
    urls = [app.config["SQLALCHEMY_DATABASE_URI"].replace("koto_owner", "koto_web") for app in (first, second)]
    app = make_app(tmp_path_factory.mktemp("reader"), urls[0], {"KOTO_REPORTS_DATABASE_URL": urls[1]})
    for _time in range(2):
        with app.app_context(), reading() as session:
            assert facts(session) == kept != []
    with first.app_context(), reading() as session:
        assert facts(session) == []
