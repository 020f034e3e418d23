"""Children and young people who came without a guardian, I80–I82."""

from __future__ import annotations

from app.reports.catalogue.indicator import Behind, Direction, Indicator, Kind, Measure, audiences

INDICATORS = (
    Indicator(id="I80", behind=Behind.CLIENT, kind=Kind.STOCK, measure=Measure.COUNT, dimensions=("YOUTH_AGE",), audiences=audiences(3, 7), basis="681/2023 §§ 2.6, 33–34"),
    Indicator(id="I81", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SPREAD, dimensions=(), audiences=audiences(4, 6), basis="681/2023 § 35",
              direction=Direction.DOWN, unit="DAYS"),
    Indicator(id="I82", behind=Behind.CLIENT, kind=Kind.STOCK, measure=Measure.COUNT, dimensions=("MONTHS_AHEAD",), audiences=audiences(1, 4),
              basis="681/2023 §§ 2.6, 34.2"),
)  # fmt: skip
