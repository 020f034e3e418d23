"""Which cells plainly withstand a municipality that knows its own: those that others of the same areas can exchange enough persons with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.reports.disclosure.sheet import Sheet


class Exchanges:
    """The municipalities of each kind, that is of the very same areas: what they exchange among them leaves every sum as it is."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        kinds: dict[bytes, list[int]] = {}
        for place in range(sheet.many):
            kinds.setdefault(sheet.ground.holds[sheet.many :, place].tobytes(), []).append(place)
        self.of = {place: np.array(members) for members in kinds.values() for place in members}

    def reach(self, place: int, column: int, by: int) -> bool:
        """Tell whether a cell can be so much more (or less)."""
        return place < self.sheet.many and self._partners(place, column, by, ()) is not None

    def suffice(self, place: int, column: int, by: int) -> bool:
        """Tell whether a cell of a municipality can be so much more (or less) whichever single one of the others stays as it is."""
        used = self._partners(place, column, by, ())
        if used is None:
            return False
        if self._partners(place, column, by, used) is not None:
            return True
        return all(self._partners(place, column, by, (one,)) is not None for one in used)

    def _partners(self, place: int, column: int, by: int, without: tuple[int, ...]) -> tuple[int, ...] | None:
        """Give those who together exchange so many with a cell, taken one after another; None where that is not enough."""
        sheet, members = self.sheet, self.of[place]
        gives, room = sheet.counts[members], sheet.caps[members] - sheet.counts[members]
        mine = int(np.flatnonzero(members == place)[0])
        there, back = (gives, room) if by > 0 else (room, gives)
        left: NDArray[np.int64] = np.where(sheet.hidden[place], there[mine], 0)
        left[column] = 0
        wanted, used = abs(by), []
        if back[mine, column] < wanted or left.sum() < wanted:
            return None
        hidden = sheet.hidden[members]
        for other in np.argsort(-np.where(hidden[:, column], there[:, column], 0), kind="stable"):
            most = int(there[other, column]) if hidden[other, column] else 0
            if most <= 0:
                return None
            if other == mine or int(members[other]) in without:
                continue
            taken = np.minimum(left, np.where(hidden[other], back[other], 0))
            amount = min(most, wanted, int(taken.sum()))
            if amount <= 0:
                continue
            left = _less(left, taken, amount)
            wanted -= amount
            used.append(int(members[other]))
            if wanted == 0:
                return tuple(used)
        return None


def _less(left: NDArray[np.int64], taken: NDArray[np.int64], amount: int) -> NDArray[np.int64]:
    """Take an amount off, value by value, no more of each than is to be taken."""
    before = np.cumsum(taken) - taken
    found: NDArray[np.int64] = left - np.minimum(taken, np.maximum(amount - before, 0))
    return found
