"""The cells of one municipality in several periods, what they have in common computed once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from sqlalchemy.orm import Session

from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Kind
from app.reports.computing.all import COMPUTATIONS
from app.reports.computing.question import Question
from app.reports.observation import Cell, Subject, cells
from app.reports.periods import Length, Period
from app.reports.subjects import subjects_of

Cells = Mapping[tuple[str, str], Cell]
WHOLE = ("", "")


class Calculation:
    """Reads the persons once a day of situation, and computes a stock once for all periods that are told as of the same day."""

    def __init__(self, session: Session, org_id: str, today: date) -> None:
        self._session, self._org_id, self._today = session, org_id, today
        self._subjects: dict[date, Mapping[str, Subject]] = {}
        self._made: dict[tuple[str, str], Cells] = {}

    def day(self, period: Period) -> date:
        """Give the day of the situation: the last of the period, or today while it runs."""
        return min(period.ends_on, self._today)

    def subjects(self, period: Period) -> Mapping[str, Subject]:
        """Give the persons on that day."""
        day = self.day(period)
        if day not in self._subjects:
            self._subjects[day] = subjects_of(self._session, self._org_id, day)
        return self._subjects[day]

    def cells_of(self, period: Period, indicators: Iterable[str] | None = None) -> Iterator[tuple[str, Cells]]:
        """Give the cells of each indicator, or of those named; of a month the whole alone."""
        for key in COMPUTATIONS if indicators is None else indicators:
            place = key, self.day(period).isoformat() if INDICATORS[key].kind is Kind.STOCK else period.id
            if place not in self._made:
                self._made[place] = self.computed(key, period)
            found = self._made[place]
            yield key, {WHOLE: found[WHOLE]} if period.length is Length.MONTH and WHOLE in found else found

    def computed(self, key: str, period: Period) -> Cells:
        """Compute the cells of an indicator anew."""
        asked = Question(self._session, self._org_id, period, self.day(period), self.subjects(period))
        return cells(INDICATORS[key], COMPUTATIONS[key](asked))
