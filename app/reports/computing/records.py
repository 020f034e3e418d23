"""What several computations read of the records: what stands in the period, and the last matter of each person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_

from app.reports.computing.question import Question
from app.reports.observation import Subject
from app.reports.permits import first_permits


def in_period(asked: Question, column: Any) -> ColumnElement[bool]:
    """The day stands in the period, so far as it has gone."""
    return and_(column >= asked.period.starts_on, column <= asked.day)


def last_of_each(asked: Question, rows: Iterable[Any]) -> Iterator[tuple[Subject, Any]]:
    """Give each person once, with the last of the person's rows; the rows begin with the client's key. One whose record is joined to another is left out."""
    last = {row[0]: row for row in rows}
    for key, row in last.items():
        subject = asked.subjects.get(key)
        if subject is not None:
            yield subject, row


def permits(asked: Question) -> Mapping[str, tuple[date, str]]:
    """Give day and ground of each person's first right of residence by the day."""
    return asked.once(f"permits {asked.day}", lambda: first_permits(asked.session, asked.org_ids, asked.owner_of, asked.day))
