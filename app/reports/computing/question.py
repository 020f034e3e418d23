"""What a computation is asked, and the register of computations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from app.reports.observation import Observation, Subject
from app.reports.owned import own_rows
from app.reports.periods import Period

T = TypeVar("T")


@dataclass(frozen=True)
class Question:
    """Some municipalities and a period; `day` is the period's last, or today while it runs, and `subjects` are their persons by key as they were that day.

    `kept` is what computations of the same municipalities share, by a name that tells all it depends on.
    """

    session: Session
    org_ids: tuple[str, ...]
    period: Period
    day: date
    subjects: Mapping[str, Subject]
    kept: dict[str, Any] = field(default_factory=dict)

    def is_own(self, column: Any) -> ColumnElement[bool]:
        """Give the condition that a column names one of the municipalities."""
        found: ColumnElement[bool] = column.in_(self.org_ids)
        return found

    def owner_of(self, client_id: str) -> str | None:
        """Give whose person a client is."""
        subject = self.subjects.get(client_id)
        return subject.org_id if subject else None

    def rows(self, of: Any, wanted: Any) -> Iterator[Any]:
        """Give the rows of `of` that are of a person, with the municipality last; the statement begins with the client's key."""
        return own_rows(self.session, self.org_ids, self.owner_of, of, wanted)

    def once(self, name: str, work: Callable[[], T]) -> T:
        """Give what was worked out under a name, or work it out."""
        if name not in self.kept:
            self.kept[name] = work()
        found: T = self.kept[name]
        return found


Computation = Callable[[Question], Iterator[Observation]]
