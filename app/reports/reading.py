"""What the gate reads of the database: for one question by itself, or for many at once. Which of it a viewer may see is the gate's to say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from app.reports.areas import Level
from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Status
from app.reports.models import ReportFact, ReportHidden, ReportPeriod, ReportRun, ReportSeries
from app.reports.periods import day_of
from app.reports.series.queries import SeriesFigure, of_question, series_figures, series_of


@dataclass(frozen=True)
class Wanted:
    """What a question needs: the cells of a breakdown in periods, of some municipalities or of all (None)."""

    indicator: str
    level: Level
    periods: tuple[str, ...]
    dimension: str
    organisations: frozenset[str] | None
    area: str | None = None


Closed = tuple[str, str, date, str | None]


class Reading(Protocol):
    """Where the gate reads from; rows are plain tuples."""

    def closed(self, wanted: Wanted) -> Iterable[Closed]:
        """Give (period, length, day of its closing, digest of the areas it is protected for) of the periods that are closed."""

    def facts(self, wanted: Wanted) -> Iterable[Any]:
        """Give (municipality, period, value, numerator, denominator, protected, spread, definition)."""

    def hidden(self, wanted: Wanted, audience: str) -> Iterable[Any]:
        """Give (area, period, value) of every cell hidden from an audience."""

    def values(self, wanted: Wanted) -> Iterable[str]:
        """Give every value of the breakdown met in the country."""

    def runs(self, wanted: Wanted) -> Iterable[Any]:
        """Give (municipality, period, moment, persons, complete)."""

    def series(self, wanted: Wanted) -> Sequence[SeriesFigure]:
        """Give the figures that another register brought in."""


def _facts() -> Any:
    fact = ReportFact
    return select(fact.organisation_id, fact.period_id, fact.value, fact.numerator, fact.denominator, fact.protected, fact.spread, fact.definition)


def _asked(indicators: Collection[str], organisations: frozenset[str] | None, periods: tuple[str, ...], dimension: str) -> ColumnElement[bool]:
    fact = ReportFact
    found = and_(fact.indicator.in_(indicators), fact.period_id.in_(periods), fact.dimension == dimension)
    return found if organisations is None else and_(found, fact.organisation_id.in_(sorted(organisations)))


def _closed(session: Session, periods: Sequence[str]) -> list[Closed]:
    row = ReportPeriod
    found = session.execute(select(row.id, row.length, row.closed_at, row.areas).where(row.id.in_(periods), row.closed_at.is_not(None)))
    return [(key, length, day_of(closed_at), areas) for key, length, closed_at, areas in found if closed_at is not None]


class One:
    """Reads for one question, a statement each."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def closed(self, wanted: Wanted) -> Iterable[Closed]:
        return _closed(self._session, wanted.periods)

    def facts(self, wanted: Wanted) -> Iterable[Any]:
        return self._session.execute(_facts().where(_asked([wanted.indicator], wanted.organisations, wanted.periods, wanted.dimension)))

    def hidden(self, wanted: Wanted, audience: str) -> Iterable[Any]:
        row = ReportHidden
        return self._session.execute(select(row.area, row.period_id, row.value).where(
            row.audience == audience, row.indicator == wanted.indicator, row.period_id.in_(wanted.periods), row.dimension == wanted.dimension,
            row.level == wanted.level,
        ))  # fmt: skip

    def values(self, wanted: Wanted) -> Iterable[str]:
        fact = ReportFact
        found = select(fact.value).where(fact.indicator == wanted.indicator, fact.period_id.in_(wanted.periods), fact.dimension == wanted.dimension)
        return self._session.scalars(found.distinct())

    def runs(self, wanted: Wanted) -> Iterable[Any]:
        run = ReportRun
        found = select(run.organisation_id, run.period_id, run.computed_at, run.persons, run.complete)
        return self._session.execute(found.where(run.period_id.in_(wanted.periods)))


    def series(self, wanted: Wanted) -> Sequence[SeriesFigure]:
        return series_figures(self._session, wanted)


class Together:
    """Reads for many questions of one audience, a statement for all of them; the values of a breakdown are asked when they are needed."""

    def __init__(self, session: Session, audience: str, asked: Sequence[Wanted]) -> None:
        self._session, self._audience, self._asked = session, audience, asked
        self._periods = sorted({period for one in asked for period in one.periods})
        self.values = One(session).values

    @cached_property
    def _closed(self) -> list[Closed]:
        return _closed(self._session, self._periods)

    def closed(self, wanted: Wanted) -> Iterable[Closed]:
        return [row for row in self._closed if row[0] in wanted.periods]

    @cached_property
    def _facts(self) -> dict[tuple[str, str, str], list[Any]]:
        fact, made = ReportFact, defaultdict(list)
        shared: dict[Any, set[str]] = defaultdict(set)
        for one in self._asked:
            shared[one.organisations, one.periods, one.dimension].add(one.indicator)
        asked = [_asked(sorted(keys), *rest) for rest, keys in shared.items()]
        for indicator, dimension, *row in self._session.execute(select(fact.indicator, fact.dimension, *_facts().selected_columns).where(or_(*asked))):
            made[indicator, row[1], dimension].append(row)
        return made

    def facts(self, wanted: Wanted) -> Iterable[Any]:
        rows = (row for period in dict.fromkeys(wanted.periods) for row in self._facts.get((wanted.indicator, period, wanted.dimension), ()))
        return [row for row in rows if wanted.organisations is None or row[0] in wanted.organisations]

    @cached_property
    def _hidden(self) -> dict[tuple[str, str, str], list[Any]]:
        row, made = ReportHidden, defaultdict(list)
        found = select(row.indicator, row.dimension, row.level, row.area, row.period_id, row.value).where(
            row.audience == self._audience, row.indicator.in_({one.indicator for one in self._asked}), row.period_id.in_(self._periods),
            row.dimension.in_({one.dimension for one in self._asked}), row.level.in_({one.level for one in self._asked}),
        )  # fmt: skip
        for indicator, dimension, level, *cell in self._session.execute(found):
            made[indicator, dimension, level].append(cell)
        return made

    def hidden(self, wanted: Wanted, audience: str) -> Iterable[Any]:
        if audience != self._audience:
            raise ValueError("read for another audience")
        return [row for row in self._hidden.get((wanted.indicator, wanted.dimension, wanted.level), ()) if row[1] in wanted.periods]

    @cached_property
    def _runs(self) -> list[Any]:
        run = ReportRun
        return list(self._session.execute(select(run.organisation_id, run.period_id, run.computed_at, run.persons, run.complete).where(run.period_id.in_(self._periods))))

    def runs(self, wanted: Wanted) -> Iterable[Any]:
        return [row for row in self._runs if row.period_id in wanted.periods]

    @cached_property
    def _series(self) -> list[ReportSeries]:
        return series_of(self._session, [one for one in self._asked if INDICATORS[one.indicator].status is Status.EXTERNAL])

    def series(self, wanted: Wanted) -> Sequence[SeriesFigure]:
        return of_question(self._series, wanted)
