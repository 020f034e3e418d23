"""Every indicator by its id."""

from __future__ import annotations

from app.reports.catalogue import children, operation, outcomes, people, services
from app.reports.catalogue.indicator import Indicator

INDICATORS: dict[str, Indicator] = {
    one.id: one for family in (people, services, outcomes, children, operation) for one in family.INDICATORS
}
