"""Every indicator by its id."""

from __future__ import annotations

from app.reports.catalogue import people, plans
from app.reports.catalogue.indicator import Indicator

INDICATORS: dict[str, Indicator] = {one.id: one for family in (people, plans) for one in family.INDICATORS}
