"""What a year owes its quarters: a flow is their sum and a stock that of the last, so what they hid or told is hidden or told."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from sqlalchemy.orm import Session

from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Kind
from app.reports.disclosure.control import Before, Block, Counted
from app.reports.disclosure.facts import aligned, counted, hidden_flags, hidden_rows
from app.reports.disclosure.ground import Flags, Ground, Numbers
from app.reports.disclosure.limits import OFFICIAL

_Part = tuple[Numbers, Flags]


def before(
    session: Session, ground: Ground, blocks: Mapping[Block, Counted], quarters: tuple[str, ...], fewest: int
) -> dict[Block, Before]:
    """Give what the closed quarters of a year settle of its blocks; a sum that does not hold for a cell settles nothing of it."""
    facts = {quarter: counted(session, ground, quarter) for quarter in quarters}
    rows = hidden_rows(session, OFFICIAL, quarters)
    found = {}
    for block, whole in blocks.items():
        # The stock of a year is that of its fourth quarter.
        chosen = quarters if INDICATORS[block[0]].kind is Kind.FLOW else tuple(one for one in quarters if one.endswith("Q4"))
        if chosen:
            parts = [
                _part(whole, facts[quarter].get(block), hidden_flags(ground, whole.values, rows.get((quarter, block), set())))
                for quarter in chosen
            ]
            found[block] = _before(ground, whole, parts, fewest)
    return found


def _part(whole: Counted, part: Counted | None, flags: Flags) -> _Part:
    return np.zeros_like(whole.counts) if part is None else aligned(whole.values, part.values, part.counts), flags


def _before(ground: Ground, whole: Counted, parts: list[_Part], fewest: int) -> Before:
    hidden = np.logical_or.reduce([flags for _, flags in parts])
    rest = ground.summed(whole.counts) - ground.summed(sum((counts for counts, _ in parts), start=np.zeros_like(whole.counts)))
    is_sum = rest == 0
    # Of a year with a quarter that was never closed a few are left over, who would follow from the year.
    left = (rest > 0) & (rest < fewest)
    return Before((hidden & is_sum) | left, ~hidden & is_sum, hidden & is_sum)
