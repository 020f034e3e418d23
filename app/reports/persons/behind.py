"""Whose observations make a cell: computed from the records each time it is asked, by the same code as the figures."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, bindparam, func, select
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.db.types import IdType
from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Indicator, Measure
from app.reports.computing.all import COMPUTATIONS
from app.reports.computing.question import Question
from app.reports.dimensions import CROSS
from app.reports.observation import cells_with
from app.reports.periods import Period
from app.reports.subjects import subjects_of

_WHOLE = ("", "")
# Spreads workers, not clients.
_OF_NOBODY = frozenset({"I90"})


@dataclass(frozen=True)
class Behind:
    """Keys of the clients of a cell; of a share `counted` are those it counts and `rest` the others of its whole, who may be among both."""

    counted: frozenset[str]
    rest: frozenset[str] = frozenset()


def names_clients(indicator: Indicator) -> bool:
    """Tell whether an indicator counts clients or what is theirs, from our own records."""
    return indicator.id in COMPUTATIONS and indicator.id not in _OF_NOBODY


def behind(session: Session, org_id: str, indicator: str, period: Period, today: date, cell: tuple[str, str]) -> Behind:
    """Give the clients of a municipality's cell, (dimension, value) or ("", ""), as the records tell today of the period.

    Statements do not grow with the clients: those of the breakdown and of the computation.
    """
    found, day = INDICATORS[indicator], min(period.ends_on, today)
    people = subjects_of(session, (org_id,), day, cell[0].split(CROSS))
    counted, rest, everybody = set[str](), set[str](), set[str]()
    is_told_at_once = False
    for one in COMPUTATIONS[indicator](Question(session, (org_id,), period, day, people)):
        cells = set(cells_with(found, one))
        if one.subject is None:
            is_told_at_once |= cell in cells
            continue
        if _WHOLE in cells:
            everybody.add(one.subject.key)
        if cell in cells:
            (counted if one.numerator or found.measure is not Measure.SHARE else rest).add(one.subject.key)
    # Where a share tells its whole by a number, whose it is stands in the figure of all.
    return Behind(frozenset(counted), frozenset(everybody - counted if is_told_at_once else rest))


def is_among(session: Session, keys: Collection[str]) -> ColumnElement[bool]:
    """Give the condition of a client being one of many, who go to the database as one value whatever their number."""
    if session.get_bind().dialect.name == "postgresql":
        listed: Any = select(func.unnest(bindparam("behind", sorted(keys), type_=ARRAY(IdType))))
    else:
        listed = select(func.json_each(bindparam("behind", json.dumps(sorted(keys)))).table_valued("value").c.value)
    return Client.id.in_(listed)
