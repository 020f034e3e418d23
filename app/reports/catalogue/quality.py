"""How good the records are, I92–I93."""

from __future__ import annotations

from app.reports.catalogue.indicator import Behind, Direction, Indicator, Kind, Measure, Overlap, audiences
from app.reports.quality.parts import DATA, FIELD

INDICATORS = (
    Indicator(id="I92", version=2, behind=Behind.CLIENT, overlaps={FIELD: Overlap.SOME}, kind=Kind.STOCK, measure=Measure.SHARE, dimensions=("RESPONSIBLE", FIELD), audiences=audiences(2, 3, 6), basis="681/2023 § 56.1",
              direction=Direction.UP),
    Indicator(id="I93", version=2, behind=Behind.CLIENT, overlaps={DATA: Overlap.SOME}, kind=Kind.STOCK, measure=Measure.SHARE, dimensions=("RESPONSIBLE", DATA), audiences=audiences(3, 3, 6), basis="681/2023 §§ 76.1, 102.4",
              direction=Direction.UP),
)  # fmt: skip
