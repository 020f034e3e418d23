"""A period closes when its time has come and all figures are there; nothing changes it afterwards."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.db.base import Model
from app.organisations.models import Organisation, organisation_key
from app.reports.areas import Level
from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Audience
from app.reports.figures import Question, Viewer, figures
from app.reports.models import ReportFact, ReportHidden, ReportPeriod, ReportRun
from app.reports.periods import Length, period_of
from app.reports.snapshot import closing
from app.reports.snapshot.closing import NotReadyError, close
from app.reports.snapshot.job import SNAPSHOT, start_snapshot
from app.reports.snapshot.night import night, open_periods
from app.reports.snapshot.run import municipalities, snapshot
from app.reports.snapshot.write import ClosedPeriodError, write_facts
from app.jobs.models import Job
from app.jobs.runner import run_job
from tests.support.figures import facts, register_of_its_own, working
from tests.support.postgres import Postgres

TODAY = date.today()
ENDED = period_of(TODAY, Length.QUARTER).previous


@pytest.fixture(params=["sqlite", "postgresql"])
def own_app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    server: Postgres | None = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    return register_of_its_own(request.param, tmp_path_factory.mktemp("closing"), server, 12)


@pytest.fixture
def session(own_app: Flask) -> Iterator[Session]:
    with working(own_app) as found:
        yield found


def of_clients(session: Session) -> str:
    return session.scalars(select(Client.org_id).order_by(Client.id)).first() or ""


def delete_every_client(session: Session) -> None:
    """As the deletion after four years would, for all at once (681/2023 § 77)."""
    clients = Model.metadata.tables["client"]
    for table in reversed(Model.metadata.sorted_tables):
        if "client_id" in table.c:
            session.execute(delete(table))
    session.execute(update(clients).values(merged_into_id=None))
    session.execute(delete(clients))
    session.commit()


def test_figures_of_a_closed_period_outlive_the_clients_they_counted(session: Session) -> None:
    snapshot(session, ENDED, TODAY)
    assert close(session, ENDED, TODAY) and not close(session, ENDED, TODAY)
    session.commit()
    before = facts(session)
    assert before
    session.execute(update(Client).values(gender="UNKNOWN"))
    for attempt in (lambda: snapshot(session, ENDED, TODAY, is_full=True), lambda: write_facts(session, of_clients(session), ENDED, TODAY)):
        with pytest.raises(ClosedPeriodError, match=ENDED.id):
            attempt()
    session.rollback()
    assert facts(session) == before


def test_a_period_closes_in_the_night_its_time_has_come_and_not_before(session: Session) -> None:
    last = ENDED.ends_on + timedelta(days=14)
    published: list[str] = []
    closing.AT_CLOSING.append(lambda _session, name: published.append(name))
    try:
        first = night(session, last, 15)
        assert first["closed"] == 0 and ENDED.id not in published
        second = night(session, last + timedelta(days=1), 15)
    finally:
        closing.AT_CLOSING.pop()
    # The month that ended on the same day closes with it.
    assert second["closed"] == len(published) >= 2 and ENDED.id in published
    assert ENDED not in open_periods(session, TODAY, 15)
    assert session.get_one(ReportPeriod, ENDED.id).closed_at is not None


def test_what_fails_while_it_is_published_leaves_the_period_open(session: Session) -> None:
    snapshot(session, ENDED, TODAY)

    def fails(_session: Session, _name: str) -> None:
        raise RuntimeError

    closing.AT_CLOSING.append(fails)
    try:
        with pytest.raises(RuntimeError):
            close(session, ENDED, TODAY)
    finally:
        closing.AT_CLOSING.pop()
    session.rollback()
    assert session.get_one(ReportPeriod, ENDED.id).closed_at is None


def test_no_period_waits_for_a_training_place(session: Session) -> None:
    session.add(Organisation(id=organisation_key("MUNICIPALITY", "T001"), kind="MUNICIPALITY", code="T001", name_fi="Harjoituskunta 1", name_sv="Övningskommun 1", language_status="fi"))
    session.commit()
    snapshot(session, ENDED, TODAY)
    assert close(session, ENDED, TODAY)
    session.rollback()


def test_a_period_waits_for_the_figures_of_every_municipality_as_of_its_last_day(session: Session) -> None:
    snapshot(session, ENDED, ENDED.ends_on - timedelta(days=1))
    with pytest.raises(NotReadyError, match="320"):
        close(session, ENDED, TODAY)
    snapshot(session, ENDED, TODAY)
    session.execute(delete(ReportRun).where(ReportRun.organisation_id == of_clients(session)))
    with pytest.raises(NotReadyError, match="municipalities without figures: 1"):
        close(session, ENDED, TODAY)
    with pytest.raises(NotReadyError, match="has not ended"):
        close(session, ENDED.next, ENDED.next.ends_on)


def test_the_commands_close_a_period_and_tell_what_hinders(own_app: Flask) -> None:
    runner = own_app.test_cli_runner()
    assert "run `reports snapshot" in runner.invoke(args=["reports", "close", ENDED.id]).output
    assert "municipalities written: 320" in runner.invoke(args=["reports", "snapshot", ENDED.id]).output
    closed = runner.invoke(args=["reports", "close", ENDED.id]).output.splitlines()
    # Of a dozen clients over the country not all breakdowns can be told.
    assert closed[0] == "closed" and all(line.startswith("not told to OFFICIAL, since it would expose someone: I") for line in closed[1:])
    assert len(closed) > 1
    refused = runner.invoke(args=["reports", "snapshot", ENDED.id])
    assert refused.exit_code == 1 and "do not change any more" in refused.output
    assert runner.invoke(args=["reports", "snapshot", "2026Q9"]).exit_code == 2


def test_a_job_that_is_killed_goes_on_where_it_was_and_gives_what_a_run_gives(own_app: Flask, session: Session) -> None:
    job = start_snapshot(session, ENDED)
    session.commit()
    steps = iter(range(100))
    assert start_snapshot(session, ENDED).id == job.id
    run_job(job.id, is_stopping=lambda: next(steps) > 0)
    session.expire_all()
    half = session.get_one(Job, job.id)
    assert half.state == "QUEUED" and 0 < half.done < 320
    written = session.scalars(select(ReportRun.organisation_id).order_by(ReportRun.organisation_id)).all()
    assert list(written) == municipalities(session)[: half.done]
    run_job(job.id, turn=600)
    session.expire_all()
    done = session.get_one(Job, job.id)
    assert (done.kind, done.state, done.done) == (SNAPSHOT, "DONE", 321)
    by_job = facts(session, ENDED.id)
    # Where its time has come the job has closed it.
    session.execute(update(ReportPeriod).values(closed_at=None))
    assert snapshot(session, ENDED, TODAY).written == 0
    snapshot(session, ENDED, TODAY, is_full=True)
    assert facts(session, ENDED.id) == by_job != []


def test_two_at_once_write_everything_once(own_app: Flask, session: Session) -> None:
    snapshot(session, ENDED, TODAY)
    before = facts(session)
    session.execute(update(ReportRun).values(basis=None))
    session.execute(delete(ReportFact))
    session.commit()
    written: list[int] = []
    faults: list[Any] = []

    def work() -> None:
        try:
            with working(own_app) as mine:
                written.append(snapshot(mine, ENDED, TODAY).written)
        except Exception as fault:
            faults.append(fault)

    workers = [threading.Thread(target=work) for _number in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert faults == []
    assert facts(session) == before
    if session.get_bind().dialect.name == "postgresql":
        # Whoever came second to a municipality found it done.
        assert sum(written) == 320


def test_a_table_tells_by_which_definition_each_period_was_counted(session: Session) -> None:
    running = period_of(TODAY, Length.QUARTER)
    snapshot(session, [ENDED, running], TODAY)
    org = of_clients(session)
    question = Question("I01", Level.MUNICIPALITY, (ENDED.id, running.id))
    table = figures(session, Viewer(Audience.MUNICIPALITY, org), question)
    assert table.definitions == {ENDED.id: INDICATORS["I01"].version, running.id: INDICATORS["I01"].version} and table.is_of_one_definition
    session.execute(update(ReportFact).where(ReportFact.period_id == running.id).values(definition=2))
    table = figures(session, Viewer(Audience.MUNICIPALITY, org), question)
    assert table.definitions[running.id] == 2 and not table.is_of_one_definition


def test_each_hidden_cell_is_settled_as_the_period_closes(session: Session) -> None:
    snapshot(session, ENDED, TODAY)
    close(session, ENDED, TODAY)
    session.commit()
    # Of a dozen clients over the country almost every cell is small.
    assert session.scalars(select(ReportHidden.indicator).where(ReportHidden.period_id == ENDED.id)).first() is not None
