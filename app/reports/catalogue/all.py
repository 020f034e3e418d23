"""Every indicator by its id."""

from __future__ import annotations

from app.reports.catalogue import assessments, people
from app.reports.catalogue.indicator import Indicator

INDICATORS: dict[str, Indicator] = {one.id: one for family in (people, assessments) for one in family.INDICATORS}
