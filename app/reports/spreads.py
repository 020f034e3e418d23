"""What is told of a spread of amounts: the middle, the ninth tenth and the average; whoever may not see single amounts gets no more."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from app.reports.disclosure.limits import Limits


@dataclass(frozen=True)
class Told:
    """What is told of a spread; None where too few persons are on either side of a number."""

    median: int | None = None
    ninth: int | None = None
    mean: float | None = None


def quantile(spread: Counter[int], share: float) -> int:
    """Give the smallest amount that at least `share` of all do not exceed: 0.5 is the median, 0.9 the ninth decile. Raises ValueError for none."""
    wanted, met = share * spread.total(), 0
    for amount in sorted(spread):
        met += spread[amount]
        if met >= wanted and met:
            return amount
    raise ValueError("nothing is spread")


def told_of(spread: Counter[int], limits: Limits | None) -> Told:
    """Give what may be told of a spread under the limits, all of it for None; an average counts as a median does."""
    many = spread.total()
    if not many:
        return Told()
    median_from, ninth_from = (limits.median_from, limits.ninth_from) if limits else (1, 1)
    return Told(
        quantile(spread, 0.5) if many >= median_from else None,
        quantile(spread, 0.9) if many >= ninth_from else None,
        _mean(spread, exact=limits is None) if many >= median_from else None,
    )


def _mean(spread: Counter[int], *, exact: bool) -> float:
    mean = sum(amount * times for amount, times in spread.items()) / spread.total()
    # To one decimal, so that the sum of two dozen persons is not told to the day.
    return mean if exact else round(mean, 1)
