"""Every computed indicator beside its independent calculation: whole registers, every breakdown, municipalities, regions and the country.

`KOTO_ORACLE_CLIENTS` makes the register larger than the suite has time for.
"""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from importlib import import_module
from itertools import cycle
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from sqlalchemy import select

from app.clients.models import Client
from app.codes.areas import DATA
from app.organisations.models import organisation_key
from app.reports.areas import Level, area_of
from app.reports.catalogue.all import INDICATORS
from app.reports.computing.all import COMPUTATIONS
from app.reports.models import ReportFact
from app.reports.periods import Length, Period, period_of
from app.reports.snapshot.run import snapshot
from app.retention.models import ClientDeletion
from tests.reports import oracle
from tests.reports.oracle.register import Oracle, Register
from tests.support.figures import facts, register_of_its_own, working
from tests.support.postgres import Postgres

CLIENTS = int(os.environ.get("KOTO_ORACLE_CLIENTS") or 600)
TODAY = date.today()
PERIODS = (period_of(TODAY, Length.QUARTER).previous, period_of(TODAY, Length.YEAR))
LEVELS = (Level.MUNICIPALITY, Level.REGION, Level.COUNTRY)

_MODULES = [import_module(f"{oracle.__name__}.{found.name}") for found in iter_modules(oracle.__path__)]
ORACLES: dict[str, Oracle] = {key: one for module in _MODULES for key, one in getattr(module, "ORACLES", {}).items()}
# (area, breakdown, value) → numerator, denominator, spread; the whole has an empty breakdown.
Sums = Mapping[tuple[str, str, str], tuple[int, int, dict[int, int]]]


def hold_and_delete(session: Any) -> None:
    """Let the data of some whose relationship has ended be kept longer, and tell of some that were deleted: the invented register has neither."""
    ended = session.scalars(select(Client).where(Client.relationship_ended.is_not(None)).order_by(Client.id)).all()
    for client, reason in zip(ended[::3], cycle(("STATUTORY_TASK", "PENDING_MATTER")), strict=False):
        client.hold_reason = reason
    for number, client in enumerate(ended[::5]):
        session.add(ClientDeletion(org_id=client.org_id, deleted_on=PERIODS[number % 2].starts_on, clients=number % 4 + 1))
    session.commit()
    assert len(ended) > 5


class Counted:
    """The facts of a database and the register they are of."""

    def __init__(self, session: Any) -> None:
        hold_and_delete(session)
        snapshot(session, PERIODS, TODAY)
        self.session, self.register = session, Register(session)


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def counted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counted]:
    server: Postgres | None = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    app = register_of_its_own(request.param, tmp_path_factory.mktemp("oracle"), server, CLIENTS)
    with working(app) as session:
        yield Counted(session)


def by_hand(level: Level) -> dict[str, str]:
    """Give the area of each municipality as the file says it."""
    with Path(DATA / "municipalities.csv").open(encoding="utf-8") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}
    found = {}
    for code, row in rows.items():
        stands = row
        while stands["valid_to"]:
            stands = rows[stands["successor_code"]]
        column = {Level.MUNICIPALITY: "code", Level.REGION: "edc_code"}.get(level)
        found[organisation_key("MUNICIPALITY", code)] = stands[column] if column else "FI"
    return found


def added(parts: Iterable[tuple[tuple[str, str, str], int, int, Mapping[int, int]]]) -> Sums:
    sums: dict[tuple[str, str, str], tuple[list[int], Counter[int]]] = {}
    for key, numerator, denominator, spread in parts:
        numbers, amounts = sums.setdefault(key, ([0, 0], Counter()))
        numbers[0] += numerator
        numbers[1] += denominator
        for amount, times in spread.items():
            amounts[amount] += times
    return {key: (numbers[0], numbers[1], dict(amounts)) for key, (numbers, amounts) in sums.items()}


def of_facts(session: Any, indicator: str, period: Period, level: Level) -> Sums:
    areas, fact = area_of(level, TODAY), ReportFact
    wanted = select(fact.organisation_id, fact.dimension, fact.value, fact.numerator, fact.denominator, fact.spread)
    rows = session.execute(wanted.where(fact.indicator == indicator, fact.period_id == period.id)).all()
    return added(
        (
            (areas[org], dimension, value),
            numerator,
            denominator,
            {int(amount): times for amount, times in json.loads(spread or "{}").items()},
        )
        for org, dimension, value, numerator, denominator, spread in rows
    )


def of_oracle(register: Register, indicator: str, period: Period) -> Sums:
    """Give the sums of each municipality by its key."""
    declared = INDICATORS[indicator]
    crossings = {f"{first}*{second}": (first, second) for first, second in declared.crossings}

    def parts() -> Iterator[Any]:
        for one in ORACLES[indicator](register, period, min(period.ends_on, TODAY)):
            every = ("", *declared.dimensions, *crossings)
            told = every if one.only is None else tuple(name for name in every if name in one.only)
            spread = {} if one.amount is None else {one.amount: 1}
            for dimension in told:
                names = crossings.get(dimension, (dimension,)) if dimension else ()
                value = "*".join(one.values.get(name, "UNKNOWN") for name in names)
                yield (one.organisation_id, dimension, value), one.numerator, one.denominator, spread

    return added(parts())


def in_areas(found: Sums, level: Level) -> Sums:
    areas = by_hand(level)
    return added(((areas[key], dimension, value), *numbers) for (key, dimension, value), numbers in found.items())


@pytest.mark.parametrize("indicator", sorted(ORACLES))
def test_facts_are_what_the_independent_calculation_gives(counted: Counted, indicator: str) -> None:
    for period in PERIODS:
        found = of_oracle(counted.register, indicator, period)
        for level in LEVELS:
            ours, theirs = of_facts(counted.session, indicator, period, level), in_areas(found, level)
            differ = {key: (ours.get(key), theirs.get(key)) for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)}
            assert dict(sorted(differ.items())[:5]) == {}, f"{period.id} {level}: {len(differ)} of {len(theirs)} cells (ours, oracle)"


def test_every_computed_indicator_has_an_independent_calculation() -> None:
    assert sorted(set(COMPUTATIONS) - set(ORACLES)) == []


def test_both_databases_hold_the_same_facts(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> None:
    found = []
    for kind in ("sqlite", "postgresql"):
        app = register_of_its_own(kind, tmp_path_factory.mktemp("same"), postgres)
        with working(app) as session:
            snapshot(session, PERIODS[0], TODAY)
            found.append(facts(session))
    assert len(found[0]) > 1000 and found[0] == found[1]
