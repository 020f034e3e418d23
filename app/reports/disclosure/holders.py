"""What a municipality that knows its own cells may not find out about another: seen cell by cell, since few others stand beside each."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

import numpy as np

from app.reports.disclosure.exchange import Exchanges
from app.reports.disclosure.sheet import Sheet
from app.reports.disclosure.widen import NOBODY, Parts


# So many municipalities are left out of a breakdown before it is given up.
_FEW = 10


def few(places: Iterable[int]) -> list[int]:
    """Give the first of some places: of more a breakdown is not worth telling, and to go on looking is not worth the time."""
    return list(islice(places, _FEW))


class Holders:
    """Sees that no single municipality that knows its own cells can tell a sensitive cell of another: it could be one more, and one less.

    One way of another number suffices against all who are not part of it; so each who is needs one more way, without it.
    To hide more never takes a way from anybody: what was seen once need not be seen again.
    """

    def __init__(self, sheet: Sheet, parts: Parts, exchanges: Exchanges) -> None:
        self.sheet, self.parts, self.exchanges = sheet, parts, exchanges

    def withstand(self) -> list[int]:
        """Hide until every cell withstands; gives the municipalities of which one cannot."""
        sheet = self.sheet
        cells = np.argwhere((sheet.sensitive & sheet.hidden)[: sheet.many])
        return few(int(place) for place, column in cells if not self._withstands(int(place), int(column)))

    def _withstands(self, place: int, column: int) -> bool:
        sheet = self.sheet
        count = int(sheet.counts[place, column])
        ends = [1] * bool(sheet.high[place, column] > count) + [-1] * bool(sheet.low[place, column] < count)
        return all(self.exchanges.suffice(place, column, by) or self._without_each(place, column, by) for by in ends)

    def _without_each(self, place: int, column: int, by: int) -> bool:
        """Find ways until nobody else is part of all of them."""
        moved = self.parts.hide(place, column, by, NOBODY)
        left = set() if moved is None else set(moved.tolist()) - {place}
        while left and moved is not None:
            moved = self.parts.hide(place, column, by, np.array([left.pop()]))
            left &= set() if moved is None else set(moved.tolist())
        return moved is not None
