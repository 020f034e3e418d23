"""The clock of the duties, in Finland's time; pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

HELSINKI = ZoneInfo("Europe/Helsinki")


@dataclass(frozen=True)
class Every:
    """Every so many minutes of the hour; catches up with nothing, since the next run does what the last one left."""

    minutes: int

    def latest(self, moment: datetime) -> datetime:
        """Give the time, not after `moment`, that the duty was due last."""
        whole = moment.astimezone(UTC).replace(second=0, microsecond=0)
        return whole - timedelta(minutes=whole.minute % self.minutes)

    @property
    def longest(self) -> timedelta:
        """Give how long a run may take before its worker counts as lost."""
        return timedelta(minutes=10)

    def first(self, moment: datetime) -> datetime:
        """Give what counts as done where the duty was never done."""
        return self.latest(moment) - timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Daily:
    """Once a day at a time of Finland's clock; not between three and four, an hour that some days lack or have twice."""

    hour: int
    minute: int = 0

    def latest(self, moment: datetime) -> datetime:
        """Give the time, not after `moment`, that the duty was due last."""
        here = moment.astimezone(HELSINKI)
        due = datetime.combine(here.date(), time(self.hour, self.minute), HELSINKI)
        if due > here:
            due = datetime.combine(here.date() - timedelta(days=1), time(self.hour, self.minute), HELSINKI)
        return due.astimezone(UTC)

    @property
    def longest(self) -> timedelta:
        """Give how long a run may take before its worker counts as lost."""
        return timedelta(hours=2)

    def first(self, moment: datetime) -> datetime:
        """Give what counts as done where the duty was never done: a new installation begins with the next night."""
        return self.latest(moment)


@dataclass(frozen=True)
class Duty:
    """Work of the clock, done with the owner's session; what it gives is told in the log, so it may hold numbers only."""

    name: str
    when: Every | Daily
    work: Callable[[Session], Any]
