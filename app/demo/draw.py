"""Drawing at random, always the same from the same mark."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate
from typing import TypeVar

T = TypeVar("T")


@cache
def _parsed(table: str) -> tuple[list[str], list[float]]:
    pairs = [part.rsplit(":", 1) for part in table.split()]
    return [value for value, _weight in pairs], list(accumulate(float(weight) for _value, weight in pairs))


@cache
def _added_up(weights: tuple[float, ...]) -> list[float]:
    return list(accumulate(weights))


class Draw:
    """A stream of draws of its own, so that one client's data do not hang on another's."""

    def __init__(self, mark: str) -> None:
        self._random = random.Random(mark)

    def chance(self, share: float) -> bool:
        """Say yes in `share` (0–1) of the draws."""
        return self._random.random() < share

    def number(self, low: int, high: int) -> int:
        """Give a number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def one(self, options: Sequence[T]) -> T:
        """Give one of `options`, each as likely."""
        return options[int(self._random.random() * len(options))]

    def of(self, table: str) -> str:
        """Give a value of a table such as `PHONE:4 VIDEO:1`, by its weights."""
        values, sums = _parsed(table)
        return values[bisect(sums, self._random.random() * sums[-1], 0, len(sums) - 1)]

    def share(self) -> float:
        """Give a share from 0 to 1."""
        return self._random.random()

    def weighed(self, options: Sequence[T], weights: tuple[float, ...]) -> T:
        """Give one of `options` by its weight."""
        return by_share(options, weights, self._random.random())

    def before(self, day: date, low: int, high: int) -> date:
        """Give a working day `low` to `high` days before `day`, at most two more."""
        return working_day(day - timedelta(days=self.number(low, high)))

    def between(self, first: date, last: date) -> date:
        """Give a working day from `first` to `last`; `first` itself when no other is left."""
        return max(first, working_day(first + timedelta(days=self.number(0, max(0, (last - first).days)))))

    def at(self, day: date) -> datetime:
        """Give a moment in the office hours of a day."""
        return datetime(day.year, day.month, day.day, self.number(6, 13), self.number(0, 59), self.number(0, 59), tzinfo=UTC)

    def key(self) -> str:
        """Make a key as `app.db.types.new_id` does, but drawn: a UUID of version 4."""
        bits = f"{self._random.getrandbits(128):032x}"
        return f"{bits[:8]}-{bits[8:12]}-4{bits[13:16]}-{'89ab'[int(bits[16], 16) % 4]}{bits[17:20]}-{bits[20:]}"


def by_share(options: Sequence[T], weights: tuple[float, ...], share: float) -> T:
    """Give the option in whose part of the added-up weights `share` (0–1) falls."""
    sums = _added_up(weights)
    return options[bisect(sums, share * sums[-1], 0, len(sums) - 1)]


def working_day(day: date) -> date:
    """Give the day itself, or the Friday before a Saturday or Sunday."""
    return day - timedelta(days=max(0, day.weekday() - 4))
