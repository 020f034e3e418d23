"""Which cell the address of a list of clients asks for, and the addresses of cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from flask import current_app, url_for

from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Audience, Indicator, Measure
from app.reports.dimensions import CROSS, DIMENSIONS, UNKNOWN
from app.reports.figures import Figure, Table, Viewer, own_area
from app.reports.periods import Length, Period, UnknownPeriodError, period_named, period_of
from app.reports.persons.behind import names_clients
from app.reports.tables import values_in_order

# The two sides of a share.
SERVE_CLIENTS = frozenset({Audience.WORKER, Audience.LEAD})
COUNTED, REST = "counted", "rest"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell of one's own municipality; `part` is REST for those that a share does not count."""

    indicator: Indicator
    period: Period
    by: tuple[str, ...]
    values: tuple[str, ...]
    part: str = COUNTED

    @property
    def key(self) -> tuple[str, str]:
        return CROSS.join(self.by), CROSS.join(self.values)

    def address(self, part: str | None = None) -> str:
        """Give the address of the list of its clients, or of the other side of a share."""
        by, value = self.key
        return url_for("ReportPersonsView.list", indicator=self.indicator.id, period=self.period.id, by=by or None, value=value or None,
                       part=REST if (part or self.part) == REST else None)  # fmt: skip


def cell_asked(viewer: Viewer, indicator: str, args: Mapping[str, str]) -> Cell | None:
    """Read the arguments `period` (the last quarter that is over without it), `by`, `value` and `part`; None for what is no cell that the viewer may open."""
    found = INDICATORS.get(indicator)
    if found is None or viewer.audience not in found.audiences or not names_clients(found):
        return None
    by, chosen = (tuple(part for part in args.get(name, "").split(CROSS) if part) for name in ("by", "value"))
    part = args.get("part", COUNTED)
    if by and by not in {*((key,) for key in found.dimensions), *found.crossings}:
        return None
    if len(by) != len(chosen) or not all(value in _values_of(key) for key, value in zip(by, chosen, strict=True)):
        return None
    if part not in (COUNTED, REST) or (part == REST and found.measure is not Measure.SHARE):
        return None
    try:
        period = period_named(args["period"]) if "period" in args else period_of(date.today(), Length.QUARTER).previous
        return Cell(indicator=found, period=period, by=by, values=chosen, part=part)
    except UnknownPeriodError:
        return None


def _values_of(key: str) -> set[str]:
    return {*values_in_order(key), *(code for code, _fi, _sv in DIMENSIONS[key].own), UNKNOWN[0]}


def cell_addresses(viewer: Viewer, table: Table) -> Callable[[Figure], str | None] | None:
    """Give what leads from a figure of the viewer's own municipality to its clients; None where the viewer may see none."""
    may = current_app.appbuilder.sm.has_access  # type: ignore[attr-defined]
    if not (viewer.audience in SERVE_CLIENTS and names_clients(table.indicator) and may("can_list", "ReportPersonsView")):
        return None
    own, question = own_area(viewer), table.question

    def address(figure: Figure) -> str | None:
        is_somebody = not figure.is_hidden and (figure.numerator or figure.denominator)
        if question.level.value != "MUNICIPALITY" or figure.area != own or not is_somebody:
            return None
        # What a share is read for is often whom it does not count.
        part = COUNTED if figure.numerator else REST
        return Cell(indicator=table.indicator, period=period_named(figure.period), by=question.by, values=figure.values).address(part)

    return address
