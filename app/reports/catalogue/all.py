"""Every indicator by its id."""

from __future__ import annotations

from app.reports.catalogue import assessments, children, operation, outcomes, people, plans, quality, services
from app.reports.catalogue.indicator import Indicator

_FAMILIES = (people, assessments, plans, services, outcomes, children, operation, quality)
INDICATORS: dict[str, Indicator] = {one.id: one for family in _FAMILIES for one in family.INDICATORS}
