"""What the gate reads of the database: for one question by itself, or for many at once. Which of it a viewer may see is the gate's to say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.reports import statements
from app.reports.areas import Level
from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Status
from app.reports.models import ReportFact, ReportPeriod, ReportSeries
from app.reports.periods import Closed, day_of
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


def _facts_of(wanted: Wanted, indicators: list[str]) -> statements.Group:
    return wanted.organisations, {"indicators": indicators, "periods": wanted.periods, "dimension": wanted.dimension}


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
        return [row[:8] for row in statements.facts(self._session, [_facts_of(wanted, [wanted.indicator])])]

    def hidden(self, wanted: Wanted, audience: str) -> Iterable[Any]:
        found = statements.hidden(
            self._session, audience, indicators=[wanted.indicator], periods=wanted.periods, dimensions=[wanted.dimension], levels=[wanted.level]
        )
        return [row[:3] for row in found]

    def values(self, wanted: Wanted) -> Iterable[str]:
        fact = ReportFact
        found = select(fact.value).where(fact.indicator == wanted.indicator, fact.period_id.in_(wanted.periods), fact.dimension == wanted.dimension)
        return self._session.scalars(found.distinct())

    def runs(self, wanted: Wanted) -> Iterable[Any]:
        return statements.runs(self._session, [(wanted.organisations, {"periods": wanted.periods})])

    def series(self, wanted: Wanted) -> Sequence[SeriesFigure]:
        return series_figures(self._session, wanted)


class Together:
    """Reads for many questions of one audience, a statement for all of them; the values of a breakdown are asked when they are needed.

    What figures rest on is read for `resting` alone.
    """

    def __init__(self, session: Session, audience: str, asked: Sequence[Wanted], resting: Collection[Wanted], closed: Sequence[Closed] | None = None) -> None:
        self._session, self._audience, self._asked, self._resting = session, audience, asked, resting
        self._known = closed
        self._periods = sorted({period for one in asked for period in one.periods})
        self.values = One(session).values

    @cached_property
    def _closed(self) -> Sequence[Closed]:
        return _closed(self._session, self._periods) if self._known is None else self._known

    def closed(self, wanted: Wanted) -> Iterable[Closed]:
        return [row for row in self._closed if row[0] in wanted.periods]

    @cached_property
    def _facts(self) -> dict[tuple[str, str, str], list[Any]]:
        made, shared = defaultdict(list), defaultdict[Any, list[Wanted]](list)
        for one in self._asked:
            shared[one.organisations, one.periods, one.dimension].append(one)
        groups = [_facts_of(ones[0], sorted({one.indicator for one in ones})) for ones in shared.values()]
        for row in statements.facts(self._session, groups):
            made[row[8], row[1], row[9]].append(row[:8])
        return made

    def facts(self, wanted: Wanted) -> Iterable[Any]:
        found = [self._facts.get((wanted.indicator, period, wanted.dimension), []) for period in dict.fromkeys(wanted.periods)]
        if wanted.organisations is None:
            return list(chain.from_iterable(found))
        return [row for row in chain.from_iterable(found) if row[0] in wanted.organisations]

    @cached_property
    def _hidden(self) -> dict[tuple[str, str, str], list[Any]]:
        made = defaultdict(list)
        found = statements.hidden(
            self._session, self._audience, indicators=sorted({one.indicator for one in self._asked}), periods=self._periods,
            dimensions=sorted({one.dimension for one in self._asked}), levels=sorted({one.level for one in self._asked}),
        )  # fmt: skip
        for row in found:
            made[row[3], row[4], row[5]].append(row[:3])
        return made

    def hidden(self, wanted: Wanted, audience: str) -> Iterable[Any]:
        if audience != self._audience:
            raise ValueError("read for another audience")
        return [row for row in self._hidden.get((wanted.indicator, wanted.dimension, wanted.level), ()) if row[1] in wanted.periods]

    @cached_property
    def _runs(self) -> Sequence[Any]:
        groups = dict.fromkeys((one.organisations, one.periods) for one in self._resting)
        return statements.runs(self._session, [(organisations, {"periods": periods}) for organisations, periods in groups])

    def runs(self, wanted: Wanted) -> Iterable[Any]:
        if wanted not in self._resting:
            return []
        found = (row for row in self._runs if row[1] in wanted.periods)
        return [row for row in found if wanted.organisations is None or row[0] in wanted.organisations]

    @cached_property
    def _series(self) -> list[ReportSeries]:
        return series_of(self._session, [one for one in self._asked if INDICATORS[one.indicator].status is Status.EXTERNAL])

    def series(self, wanted: Wanted) -> Sequence[SeriesFigure]:
        return of_question(self._series, wanted)
