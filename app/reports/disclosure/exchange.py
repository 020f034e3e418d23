"""Which cells plainly withstand a municipality that knows its own: those that two others could each exchange a person with."""

from __future__ import annotations

import numpy as np

from app.reports.disclosure.ground import Flags
from app.reports.disclosure.sheet import Sheet

_TWO = 2


def withstands(sheet: Sheet) -> Flags:
    """Tell of each cell of a municipality whether two others of the same areas could each give one for one of another value, and take one so."""
    many = sheet.many
    found = np.zeros((many, sheet.counts.shape[1]), dtype=bool)
    kinds: dict[bytes, list[int]] = {}
    for place in range(many):
        kinds.setdefault(sheet.ground.holds[many:, place].tobytes(), []).append(place)
    for members in kinds.values():
        if len(members) > _TWO:
            found[members] = _of_kind(sheet, np.array(members))
    return found


def _of_kind(sheet: Sheet, members: np.typing.NDArray[np.int64]) -> Flags:
    hidden, counts = sheet.hidden[members], sheet.counts[members]
    gives, takes = hidden & (counts > 0), hidden & (counts < sheet.caps[members])
    itself = np.eye(len(members), dtype=bool)
    return _partners(gives, takes, takes, gives, itself) & _partners(takes, gives, gives, takes, itself)


def _partners(there: Flags, there_back: Flags, here: Flags, here_back: Flags, itself: Flags) -> Flags:
    """Count by cell the others whose own cell can give, and who can take back another value of which the cell's municipality has one."""
    # one[m, other, value]: the value goes back from m to the other.
    one = here_back[:, None, :] & there_back[None, :, :]
    another = one.sum(axis=2, keepdims=True) - one > 0
    partners = there[None, :, :] & another & ~itself[:, :, None]
    found: Flags = here & (partners.sum(axis=1) >= _TWO)
    return found
