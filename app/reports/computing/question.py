"""What a computation is asked, and the register of computations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.reports.observation import Observation, Subject
from app.reports.periods import Period


@dataclass(frozen=True)
class Question:
    """A municipality and a period; `day` is the period's last, or today while it runs, and `subjects` are its persons by key as they were that day."""

    session: Session
    org_id: str
    period: Period
    day: date
    subjects: Mapping[str, Subject]


Computation = Callable[[Question], Iterator[Observation]]
