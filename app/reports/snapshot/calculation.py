"""The cells of some municipalities in several periods, what they have in common read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Kind
from app.reports.computing.all import COMPUTATIONS
from app.reports.computing.question import Question
from app.reports.observation import Cell, Subject, cells
from app.reports.periods import Length, Period, day_in
from app.reports.subjects import subjects_of

Cells = Mapping[tuple[str, str], Cell]
WHOLE = ("", "")


class Calculation:
    """Reads the persons once a day of situation, the plans once, and computes a stock once for all periods that are told as of the same day.

    Each computation takes all the municipalities together: its statements are as many as for one.
    """

    def __init__(self, session: Session, org_ids: Iterable[str], today: date) -> None:
        self._session, self._org_ids, self._today = session, tuple(org_ids), today
        self._subjects: dict[date, Mapping[str, Subject]] = {}
        self._stocks: dict[tuple[str, date], Mapping[str, Cells]] = {}
        self._kept: dict[str, Any] = {}

    def day(self, period: Period) -> date:
        """Give the day of the situation: the last of the period, or today while it runs."""
        return day_in(period, self._today)

    def subjects(self, period: Period) -> Mapping[str, Subject]:
        """Give the persons on that day."""
        day = self.day(period)
        if day not in self._subjects:
            self._subjects[day] = subjects_of(self._session, self._org_ids, day)
        return self._subjects[day]

    def cells_of(self, period: Period, indicators: Iterable[str] | None = None) -> Iterator[tuple[str, str, Cells]]:
        """Give the cells of each indicator, or of those named, with the municipality; of a month the whole alone."""
        for key in COMPUTATIONS if indicators is None else indicators:
            for org_id, found in self._computed_once(key, period).items():
                yield key, org_id, {WHOLE: found[WHOLE]} if period.length is Length.MONTH and WHOLE in found else found

    def _computed_once(self, key: str, period: Period) -> Mapping[str, Cells]:
        if INDICATORS[key].kind is not Kind.STOCK:
            return self.computed(key, period)
        place = key, self.day(period)
        if place not in self._stocks:
            self._stocks[place] = self.computed(key, period)
        return self._stocks[place]

    def computed(self, key: str, period: Period) -> Mapping[str, Cells]:
        """Compute the cells of an indicator anew, by municipality."""
        asked = Question(self._session, self._org_ids, period, self.day(period), self.subjects(period), self._kept)
        return cells(INDICATORS[key], COMPUTATIONS[key](asked))
