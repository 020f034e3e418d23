"""Municipalities are counted many at a time, and each as if it were alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.clients.facts import ResidenceBasis
from app.clients.models import Client
from app.reports.periods import Length, period_of
from app.reports.snapshot.batches import batches
from app.reports.snapshot.calculation import Calculation
from app.reports.snapshot.run import municipalities, snapshot
from tests.support.app import counted_statements
from tests.support.figures import register_of_its_own, working

TODAY = date.today()
YEAR = period_of(TODAY, Length.YEAR)


@pytest.fixture(scope="module")
def own_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder: Path = tmp_path_factory.mktemp("together")
    return register_of_its_own("sqlite", folder, None)


@pytest.fixture
def session(own_app: Flask) -> Iterator[Session]:
    with working(own_app) as found:
        yield found
        found.rollback()


def cells_by_municipality(session: Session, keys: list[str]) -> dict[tuple[str, str], object]:
    found = Calculation(session, keys, TODAY).cells_of(YEAR)
    return {(org, key): dict(cells) for key, org, cells in found if cells}


def with_clients(session: Session) -> list[str]:
    return sorted(session.scalars(select(Client.org_id).distinct()))


def test_a_municipality_has_the_same_cells_together_with_others_and_alone(session: Session) -> None:
    keys = with_clients(session)
    together = cells_by_municipality(session, keys)
    for key in keys[:6]:
        alone = cells_by_municipality(session, [key])
        assert len(alone) > 5 and alone == {place: cells for place, cells in together.items() if place[0] == key}


def test_a_row_that_names_another_municipality_than_its_client_is_counted_for_neither(session: Session) -> None:
    first, second = with_clients(session)[:2]
    clients = select(Client.id).where(Client.org_id == first)
    session.execute(
        update(ResidenceBasis)
        .where(ResidenceBasis.client_id.in_(clients))
        .values(org_id=second)
        .execution_options(synchronize_session=False)
    )
    together = cells_by_municipality(session, [first, second])
    for key in (first, second):
        assert cells_by_municipality(session, [key]) == {place: cells for place, cells in together.items() if place[0] == key}


def test_statements_do_not_grow_with_municipalities(own_app: Flask, session: Session) -> None:
    keys, counts = with_clients(session), []
    for some in (keys[:1], keys):
        with counted_statements(own_app) as statements:
            list(Calculation(session, some, TODAY).cells_of(YEAR))
        counts.append(len(statements))
    assert counts[1] <= counts[0] + 3


def test_a_night_in_which_nothing_changed_takes_as_many_statements_for_all_as_for_one(own_app: Flask, session: Session) -> None:
    snapshot(session, YEAR, TODAY)
    with counted_statements(own_app) as statements:
        assert snapshot(session, YEAR, TODAY).unchanged == len(municipalities(session)) > 300
    # One for each column that names an organisation, and a handful.
    assert len(statements) < 200


def test_a_batch_ends_where_its_clients_or_its_municipalities_are_enough() -> None:
    sizes = {"a": 3, "b": 3, "c": 9, "d": 1}
    assert list(batches("abcd", sizes, most_clients=6, most_municipalities=10)) == [["a", "b"], ["c"], ["d"]]
    assert list(batches("defgh", sizes, most_clients=6, most_municipalities=2)) == [["d", "e"], ["f", "g"], ["h"]]
    assert list(batches("", sizes)) == []
