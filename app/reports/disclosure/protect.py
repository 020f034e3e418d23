"""Hide as much more of a sheet as it takes until no hidden cell follows from what is told; the auditor has the last word."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from app.reports.disclosure.audit import Attack, groups
from app.reports.disclosure.exchange import Exchanges
from app.reports.disclosure.ground import Flags
from app.reports.disclosure.holders import Holders, few
from app.reports.disclosure.sheet import Adding, Sheet
from app.reports.disclosure.widen import NOBODY, Parts


class CannotProtectError(Exception):
    """Raised where a cell follows from what was told before, or from what is told whatever more is hidden; `places` are those of such cells."""

    def __init__(self, places: Iterable[int]) -> None:
        self.places = tuple(sorted(set(places)))
        super().__init__(f"places {self.places[:5]}")


def protect(sheet: Sheet) -> None:
    """Hide until the sheet withstands those who know what is told, and each municipality that knows its own cells as well. Raises CannotProtectError."""
    if not sheet.hidden.any():
        return
    if sheet.is_total:
        _protect_totals(sheet)
        return
    _see_groups(sheet)
    _Mending(sheet)
    parts, exchanges = Parts(sheet), Exchanges(sheet)
    failed = few(
        place for place, column, by in Attack(sheet).doubtful()
        if not exchanges.reach(place, column, by) and parts.hide(place, column, by, NOBODY) is None
    )  # fmt: skip
    if failed or (failed := Holders(sheet, parts, exchanges).withstand()):
        raise CannotProtectError(failed)


def _see_groups(sheet: Sheet) -> None:
    """Ask of a cell no more than there are in all the municipalities together of which only their sum is told."""
    if sheet.adding is Adding.EQUAL:
        for group in groups(sheet):
            sheet.high[group] = np.minimum(sheet.high[group], sheet.counts[group].sum())


def _protect_totals(sheet: Sheet) -> None:
    mending = _Mending(sheet)
    mending.withstand(None)
    for known in holders(sheet):
        try:
            mending.withstand(known)
        except CannotProtectError:
            # Together they know more than any of them does.
            for one in np.flatnonzero(known):
                mending.withstand(np.arange(len(known)) == one)


def holders(sheet: Sheet) -> list[Flags]:
    """Give sets of municipalities that know their own cells, one of each area at a time; whom no set holds has nothing hidden."""
    many, together = sheet.many, {int(one): str(number) for number, group in enumerate(groups(sheet)) for one in group}
    order: dict[str, int] = {}
    ranks = np.full(many, -1)
    for place in np.flatnonzero(sheet.hidden[:many].any(axis=1)):
        key = together.get(int(place)) or f"area {sheet.ground.larger[place][:1]}"
        ranks[place] = order.get(key, 0)
        order[key] = int(ranks[place]) + 1
    return [ranks == rank for rank in range(max(order.values(), default=0))]


class _Mending:
    """Hides more in a sheet: what sums alone demand, and what the auditor finds missing."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.settle()

    def withstand(self, known: Flags | None) -> None:
        """Hide until an attacker who knows the cells of some municipalities fails. Raises CannotProtectError."""
        while failed := Attack(self.sheet, known).found():
            self.mend(failed)

    def mend(self, failed: list[tuple[int, int, int]]) -> None:
        """Hide more for each cell that failed. Raises CannotProtectError when there is no more."""
        before = int(self.sheet.hidden.sum())
        for place, _column, _by in failed:
            self._grown(self._inside(place))
        self.settle()
        if int(self.sheet.hidden.sum()) == before:
            raise CannotProtectError(place for place, _column, _by in failed)

    def settle(self) -> None:
        """Hide what sums alone already demand, until they demand no more."""
        before = -1
        while before != (before := int(self.sheet.hidden.sum())):
            self._rows()
            self._areas()
            if self.sheet.is_total:
                self.sheet.withheld[:] = self.sheet.hidden[:, 0]
                self._groups()

    def _rows(self) -> None:
        sheet = self.sheet
        if sheet.is_total or sheet.adding is not Adding.EQUAL:
            return
        for place in np.flatnonzero((sheet.hidden.sum(axis=1) == 1) & ~sheet.withheld):
            self._partner(int(place))

    def _partner(self, place: int) -> int | None:
        """Hide one more cell of a row: a small one whose column hides others nearby; where all others are nothing, one of these."""
        sheet = self.sheet
        row, free = sheet.counts[place], ~(sheet.hidden[place] | sheet.locked[place])
        near = self._siblings(place)
        hidden_near = sheet.hidden[near].sum(axis=0)
        if (some := np.flatnonzero(free & (row > 0))).size:
            chosen = int(some[np.argmin(row[some] / (1.0 + hidden_near[some]))])
        elif (none := np.flatnonzero(free)).size:
            chosen = int(
                none[
                    np.argmax(
                        np.where(sheet.hidden[near], sheet.counts[near], 0).sum(axis=0)[none] * 1000 + sheet.counts[near].sum(axis=0)[none]
                    )
                ]
            )
        else:
            return None
        sheet.hide(place, chosen)
        return chosen

    def _siblings(self, place: int, column: int | None = None) -> NDArray[np.int64]:
        """Give the other places of the same kind in the smallest larger area that tells the column (any area for None)."""
        parent = self._parent(place, column)
        if parent is None:
            return np.array([], dtype=np.int64)
        ground = self.sheet.ground
        if place < self.sheet.many:
            found = np.flatnonzero(ground.holds[parent])
        else:
            level = next(level for level in ground.levels if place in level)
            found = np.array([one for one in level if not (ground.holds[one] & ~ground.holds[parent]).any()], dtype=np.int64)
        return found[found != place]

    def _parent(self, place: int, column: int | None) -> int | None:
        return next((area for area in self.sheet.ground.larger[place] if column is None or not self.sheet.hidden[area, column]), None)

    def _areas(self) -> None:
        sheet, many = self.sheet, self.sheet.many
        for column in range(sheet.counts.shape[1]):
            inside = sheet.hidden[:many, column]
            for area in range(many, len(sheet.counts)):
                if sheet.hidden[area, column]:
                    self._something_inside(area, column)
                elif (inside & sheet.ground.holds[area]).any():
                    self._enough_inside(area, column)

    def _something_inside(self, area: int, column: int) -> None:
        sheet = self.sheet
        inside = np.flatnonzero(sheet.ground.holds[area])
        while sheet.hidden[inside, column].sum() < 2 and self._smallest(inside, column) is not None:
            pass

    def _enough_inside(self, area: int, column: int) -> None:
        """See that the hidden cells of a told sum leave each other room, whichever municipality knows its own."""
        sheet = self.sheet
        inside = np.flatnonzero(sheet.ground.holds[area])
        while self._is_tight(inside[sheet.hidden[inside, column]], column):
            if self._smallest(inside, column) is None:
                # What else to hide of a breakdown is better found by the auditor.
                if sheet.is_total:
                    sheet.hide(area, column)
                return

    def _is_tight(self, members: NDArray[np.int64], column: int) -> bool:
        sheet = self.sheet
        if len(members) < 2:
            return True
        counts = sheet.counts[members, column]
        needs = sheet.high[members, column] - counts
        concerned = sheet.sensitive[members, column] & (needs > 0)
        if not concerned.any():
            return False
        first, second = np.sort(counts)[-2:][::-1]
        largest_other = np.where(np.arange(len(counts)) == int(np.argmax(counts)), second, first)
        others = counts.sum() - counts
        return bool(((others < needs) | (others - largest_other < 1))[concerned].any())

    def _smallest(self, places: NDArray[np.int64], column: int) -> int | None:
        """Hide the smallest cell of a column among places that is something."""
        sheet = self.sheet
        free = places[~(sheet.hidden[places, column] | sheet.locked[places, column]) & (sheet.counts[places, column] > 0)]
        if not free.size:
            return None
        chosen = int(free[np.argmin(sheet.counts[free, column])])
        sheet.hide(chosen, column)
        return chosen

    def _groups(self) -> None:
        """See that persons could be of another municipality of which nothing is told either, in the same told areas."""
        for group in groups(self.sheet):
            if self._is_tight(group, 0) and not self._grown(int(group[0])):
                return

    def _inside(self, place: int) -> int:
        """Give a municipality of a place, one that is hidden where there is one."""
        if place < self.sheet.many:
            return place
        inside = np.flatnonzero(self.sheet.ground.holds[place])
        hidden = inside[self.sheet.hidden[inside, 0]]
        return int((hidden if hidden.size else inside)[0])

    def _grown(self, place: int) -> bool:
        """Hide one more municipality that is in the same told areas; where there is none, one more area, so that others are."""
        sheet, many = self.sheet, self.sheet.many
        holds, told = sheet.ground.holds[many:], ~sheet.hidden[many:, 0]
        alike = np.flatnonzero(~((holds != holds[:, [place]]) & told[:, None]).any(axis=0))
        if self._smallest(alike, 0) is not None:
            return True
        parent = self._parent(place, 0)
        if parent is None:
            return False
        inside = [
            one for one in range(many, len(sheet.counts)) if parent in sheet.ground.larger[one] and not sheet.ground.holds[one, place]
        ]
        return self._smallest(np.array(inside, dtype=np.int64), 0) is not None or sheet.hide(parent, 0)
