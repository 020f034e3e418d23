"""Clients and reach, I01–I08."""

from __future__ import annotations

from app.reports.catalogue.indicator import Indicator, Kind, Measure, audiences
from app.reports.dimensions import OF_CLIENT

INDICATORS = (
    Indicator(id="I01", kind=Kind.STOCK, measure=Measure.COUNT, dimensions=OF_CLIENT, audiences=audiences(1, 7), basis="681/2023 § 72.1",
              crossings=(("GENDER", "AGE_GROUP"),)),
)  # fmt: skip
